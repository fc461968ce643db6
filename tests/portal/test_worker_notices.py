"""The e-mail that says that there is something to read, and no more."""

from datetime import datetime
from uuid import uuid4

from matching.models import Channel
from matching.reports.answers import Answer, Verdict, accepted
from portal.messages.config import MessageConfig
from portal.messages.office import Office
from portal.messages.ways import Item
from portal.worker.notices import notices
from tests.support.worlds import NOW, POLICY, VAULT

CONFIG = MessageConfig(public_url="https://portal.example", help_phone="00 00 00 00")


class Post:
    """A way that keeps what it was given."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    async def send(self, item: Item, now: datetime) -> Answer:
        self.items.append(item)
        return accepted("Taken")


async def test_a_notice_names_no_case_and_no_person() -> None:
    post = Post()
    notify = notices(Office({Channel.EMAIL: post}, CONFIG, VAULT, POLICY))
    assert (await notify("kommune@portal.example", uuid4(), NOW)).verdict is Verdict.ACCEPTED
    (item,) = post.items
    assert item.to == "kommune@portal.example"
    assert item.words.sentences == (
        "Der er sket noget i en af jeres sager. Log ind på https://portal.example for at se det.",
    )


async def test_without_a_mail_server_nothing_is_lost() -> None:
    answer = await notices(Office({}, CONFIG, VAULT, POLICY))("kommune@portal.example", uuid4(), NOW)
    assert answer.verdict is Verdict.LATER
