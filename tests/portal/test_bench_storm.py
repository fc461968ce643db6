"""The long test of reporting: that it finds what is lost and what comes too early, and, in its short form, nothing."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
import pytest_asyncio

from matching.models import ChannelKind
from matching.reports.formats.acknowledgement import read_acknowledgement
from matching.reports.signing import new_secret, signed_headers
from portal import embedded
from portal.bench.databases import Databases
from portal.bench.figures import Figure
from portal.bench.storm.conduct import HEALTHY, NUMBERS, Conduct, conducts, kind_of
from portal.bench.storm.ledger import Account, Change, account
from portal.bench.storm.outcome import Outcome
from portal.bench.storm.recipients import Recipients
from portal.bench.storm.running import SHORT, storm
from portal.bench.storm.upsets import Outage
from portal.bench.storm.wire import Cut, Request
from portal.demo_secrets import make_secrets
from providers.demo.progress import unseen
from providers.models import Municipality
from tests.support.reporting import a_booked_plan
from tests.support.worlds import HOME, NOW

SECRET = new_secret()
SECOND = timedelta(seconds=1)
NOTHING = Figure("x", 1.0, 2.0, "reports/s", 0.5, 0.1, None)


def a_change(plan: int, sequence: int, taken: int | None, **changed: object) -> Change:
    return Change(plan, sequence, HOME, taken is not None, NOW + SECOND, 1, taken)._replace(**changed)  # type: ignore[arg-type]


def test_what_never_came_is_lost_and_what_came_too_early_is_out_of_order() -> None:
    found = Account([a_change(1, 1, 5), a_change(1, 2, 3), a_change(1, 3, 6), a_change(2, 1, None), a_change(2, 2, 0)])
    assert (found.acknowledged, found.lost, found.reordered) == (4, 1, 1)
    assert Account([a_change(1, 1, 1), a_change(2, 1, 0), a_change(1, 2, 2)]).reordered == 0


def test_what_the_receiver_has_and_the_portal_does_not_know_of_is_not_acknowledged() -> None:
    found = Account([a_change(1, 1, 5, delivered=False)])
    assert (found.acknowledged, found.lost) == (0, 0)


def test_a_delay_into_which_an_outage_fell_is_told_apart() -> None:
    changes = [a_change(1, 1, 0), a_change(1, 2, 1, delivered_at=NOW + 9 * SECOND)]
    outages = [Outage(NOW + 3 * SECOND, NOW + 5 * SECOND)]
    found = Outcome(Account(changes), {HOME: Conduct.WELL}, {(1, 1): NOW, (1, 2): NOW}, outages, 1, 0, NOTHING)
    assert (found.delays, found.all_delays, found.good) == ([1000.0], [1000.0, 9000.0], True)
    said = found.as_json()
    assert list(said) == ["changes", "acknowledged", "lost", "reordered", "p50_ms", "p99_ms", "ratio"]
    assert (said["changes"], said["acknowledged"], said["ratio"]) == (2, 2, 0.5)


def test_all_98_have_a_conduct_and_most_are_well() -> None:
    chosen = conducts([f"{number:04}" for number in range(98)])
    assert set(chosen.values()) == set(Conduct)
    assert sum(NUMBERS[conduct] for conduct in HEALTHY) == 60
    with pytest.raises(ValueError, match="zip"):
        conducts(["0101"])


async def test_the_account_is_taken_by_the_receivers_own_ledger(database: str, tmp_path: Path) -> None:
    assert await Municipality.exists(code=HOME)
    for _ in range(2):
        await a_booked_plan()
    ledger = tmp_path / "ledger"
    ledger.write_text("")
    before = await account(ledger)
    assert (before.lost, before.acknowledged) == (2, 0)
    assert {change.code for change in before.changes} == {HOME}


@pytest.mark.parametrize("conduct", [Conduct.WELL, Conduct.FAULTY, Conduct.BUSY, Conduct.PAGES])
async def test_a_receiver_takes_what_is_signed_and_has_its_moods(conduct: Conduct) -> None:
    ledger = io.BytesIO()
    receiver = Recipients({HOME: conduct}, {HOME: SECRET}, ledger, nobody)
    statuses = [(await receiver.respond(signed())).status for _ in range(4)]
    moods = {Conduct.FAULTY: [204, 204, 500, 204], Conduct.BUSY: [204, 204, 204, 429], Conduct.PAGES: [200] * 4}
    assert statuses == moods.get(conduct, [204] * 4)
    assert ledger.getvalue().count(b"\n") == statuses.count(204)
    receiver.calm.set()
    assert (await receiver.respond(signed())).status == 204
    assert (await receiver.respond(signed(secret=new_secret()))).status == 400


@pytest.mark.parametrize(
    ("conduct", "answers"),
    [
        (Conduct.WELL_MESSAGES, [True, True]),
        (Conduct.WRONG, [False, True]),
        (Conduct.TRANSIENT, [False, True]),
    ],
)
async def test_a_message_is_acknowledged_as_the_conduct_has_it(conduct: Conduct, answers: list[bool]) -> None:
    assert kind_of(conduct) is ChannelKind.MEDCOM
    ledger, number = io.BytesIO(), str(uuid4())
    receiver = Recipients({HOME: conduct}, {}, ledger, nobody)
    body = orjson.dumps({"type": "message", "entry": [{"resource": {"id": number}}]})
    found = [read_acknowledgement((await receiver.respond(Request(f"/{HOME}", {}, body))).body) for _ in range(2)]
    assert [(one.answers, one.code.value) == (number, "ok") for one in found] == answers
    assert ledger.getvalue().count(number.encode()) == sum(answers)


async def test_who_hangs_says_nothing_even_when_it_is_over() -> None:
    receiver = Recipients({HOME: Conduct.HANGING}, {HOME: SECRET}, io.BytesIO(), nobody)
    receiver.calm.set()
    assert (await receiver.respond(signed())).status == 204
    receiver.calm.clear()
    flapping = Recipients({HOME: Conduct.FLAPPING}, {HOME: SECRET}, io.BytesIO(), nobody)
    flapping.flaps = lambda: True
    with pytest.raises(Cut):
        await flapping.respond(signed())


async def nobody(code: str, body: bytes) -> None:
    """Nobody answers later."""


def signed(secret: str = SECRET) -> Request:
    body, number = b"{}", uuid4()
    return Request(f"/{HOME}", signed_headers(number, body, [secret], datetime.now(UTC)), body)


@pytest_asyncio.fixture
async def places() -> AsyncIterator[Databases]:
    with embedded.scratch() as server:
        yield Databases(server.address, make_secrets(server.data), server)


@pytest.mark.long
async def test_every_change_arrives_in_order_whatever_breaks(places: Databases) -> None:
    found = await storm(places, SHORT, unseen)
    assert found.as_json() | {"p50_ms": 0, "p99_ms": 0, "ratio": 0} == {
        "changes": 1000, "acknowledged": 1000, "lost": 0, "reordered": 0, "p50_ms": 0, "p99_ms": 0, "ratio": 0,
    }  # fmt: skip
    assert found.kills > 0
    assert found.restarts > 0
    # Those who are well are disturbed by the upsets only: what was under way then is sent again.
    assert found.tried_again <= 50 * (found.kills + found.restarts)
