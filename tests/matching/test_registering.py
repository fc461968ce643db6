"""A new provider: its address is proved by mail, nobody learns who is here already, and nobody's mail is flooded."""

from datetime import timedelta

import asyncpg
import orjson
import pytest

from matching.messages.upkeep import remind_of_capacity, warn_of_endings
from matching.models import Message
from matching.registering import (
    CvrOfMunicipality,
    ProviderNameMissing,
    RegisteredMeanwhile,
    TooManyRegistrations,
    register,
)
from providers.accounts import AccountPolicy, Post
from providers.accounts.errors import EmailInvalid
from providers.actors import Actor
from providers.database import WORKER_ROLE, execute, transaction
from providers.errors import GenvejError
from providers.models import Invitation, Municipality, Provider, ProviderKind
from providers.municipalities import CvrInvalid
from providers.roles import Role
from providers.scope import Scope
from providers.sites.freshness import confirm
from tests.support.staff import a_colleague, accept
from tests.support.worlds import HOME, NOW, POLICY, TODAY, VAULT, a_site, an_approval

pytestmark = pytest.mark.usefixtures("clean_world")

CVR, EMAIL = "99 99 99 85", "ejer@klinik.example"


async def send(
    cvr: str = CVR, name: str = "Ny klinik (demo)", email: str = EMAIL, *, sender: str = "192.0.2.1"
) -> None:
    await register(cvr, name, email, sender=sender, now=NOW, vault=VAULT, policy=AccountPolicy())


async def messages(template: str) -> list[Message]:
    return await Message.filter(template=template).order_by("created_at", "once")


async def test_whoever_reads_the_mail_becomes_the_owner() -> None:
    await send()
    (message,) = await messages("owner_invited")
    content = orjson.loads(VAULT.open(message.content or b""))
    assert (content["email"], message.recipient, message.until) == (EMAIL, "address", NOW + timedelta(days=7))
    account = await accept(content["path"].removeprefix("/invitation/"))
    await send(email="en@anden.example")
    provider = await Provider.get(cvr="99999985")
    (told,) = await messages("already_registered")
    assert (told.account_id, provider.kind, await Invitation.all().count()) == (account, "private", 1)
    await send(email="en@tredje.example")
    assert len(await messages("already_registered")) == 1


async def test_an_invitation_that_nobody_took_stands_in_nobody_s_way() -> None:
    await send()
    await send(email="den@rigtige.example")
    assert (await Provider.all().count(), len(await messages("owner_invited"))) == (1, 2)


async def test_two_who_register_the_same_number_at_once_are_one() -> None:
    await send()
    with pytest.raises(RegisteredMeanwhile):
        async with transaction():
            await Provider.create(name="En til", kind=ProviderKind.PRIVATE, cvr=CVR.replace(" ", ""))


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"cvr": "99999986"}, CvrInvalid),
        ({"cvr": "٩٩٩٩٩٩٨٥"}, CvrInvalid),
        ({"name": " "}, ProviderNameMissing),
        ({"email": "ejer"}, EmailInvalid),
        ({"cvr": "99999993"}, CvrOfMunicipality),
    ],
)
async def test_what_is_wrong_leaves_nothing_behind(values: dict[str, str], error: type[GenvejError]) -> None:
    await Municipality.filter(code=HOME).update(cvr="99999993")
    with pytest.raises(error):
        await send(**values)
    assert (await Provider.all().count(), await Message.all().count()) == (0, 0)


async def test_one_sender_and_one_address_have_only_so_many_tries() -> None:
    for _ in range(3):
        await send()
    with pytest.raises(TooManyRegistrations) as refused:
        await send(sender="192.0.2.2")
    assert refused.value.details["wait"] > timedelta(0)
    for number in range(2):
        await send(email=f"{number}@klinik.example")
    with pytest.raises(TooManyRegistrations):
        await send(email="ny@klinik.example")


async def test_old_capacity_is_told_once_for_each_confirmation() -> None:
    old = NOW - POLICY.remind_after - timedelta(days=1)
    with_mail = await a_site("private", confirmed_at=old, notice_email="tider@klinik.example")
    without = await a_site("private", confirmed_at=old)
    await a_site("private", confirmed_at=NOW - POLICY.remind_after)
    await a_site("private", confirmed_at=old, package_levels=())
    owner = await a_colleague(Post(Role.CLINIC_OWNER, provider=without.provider_id), with_app=False)
    await a_colleague(Post(Role.PLANNER, provider=without.provider_id), with_app=False)
    assert (await remind_of_capacity(NOW, POLICY), await remind_of_capacity(NOW, POLICY)) == (2, 0)
    told = {
        (message.recipient.value, message.site_id, message.account_id) for message in await messages("capacity_old")
    }
    assert told == {("site", with_mail.pk, None), ("account", without.pk, owner.account_id)}
    planner = Actor("account:1", Role.PLANNER, scope=Scope(provider=with_mail.provider_id))
    await confirm([with_mail.pk], actor=planner, now=NOW)
    later = NOW + POLICY.remind_after + timedelta(minutes=1)
    assert await remind_of_capacity(later, POLICY) == 2


async def test_the_worker_may_do_it_and_never_sees_the_papers() -> None:
    site = await a_site("private", confirmed_at=NOW - POLICY.stale_after, package_levels=(), notice_email="t@k.example")
    await an_approval(site, valid_to=TODAY + timedelta(days=7))
    await a_colleague(Post(Role.CLINIC_OWNER, provider=site.provider_id), with_app=False)
    await execute(f"SET LOCAL ROLE {WORKER_ROLE}")
    assert (await remind_of_capacity(NOW, POLICY), await warn_of_endings(NOW)) == (1, 1)
    for column in ("content", "name", "actor"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction():
                await execute(f"SELECT {column} FROM evidence")


async def test_an_ending_approval_is_told_at_sixty_thirty_and_seven_days() -> None:
    site = await a_site("private", package_levels=())
    owner = await a_colleague(Post(Role.CLINIC_OWNER, provider=site.provider_id), with_app=False)
    await an_approval(site, valid_to=TODAY + timedelta(days=61))
    counted = []
    for days in (0, 1, 2, 30, 31, 53, 54, 61, 62):
        await warn_of_endings(NOW + timedelta(days=days))
        counted.append(len(await messages("approval_ends")))
    assert counted == [0, 1, 1, 1, 2, 2, 3, 3, 3]
    assert {message.account_id for message in await messages("approval_ends")} == {owner.account_id}
