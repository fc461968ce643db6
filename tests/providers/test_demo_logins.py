"""The demo's staff: one of each role, made once, and whole again after a part is missing."""

from datetime import datetime

from providers.accounts import end_membership, memberships_of
from providers.actors import SYSTEM
from providers.demo.logins import add_logins, demo_logins
from providers.models import Account
from providers.roles import Role
from tests.support.staff import a_colleague
from tests.support.worlds import NOW, a_site


async def roles(now: datetime = NOW) -> list[Role]:
    return [login.post.role for login in await demo_logins(now)]


async def test_every_role_is_there_and_twice_is_once(database: str) -> None:
    await a_site(kind="private")
    await add_logins(NOW)
    first = await demo_logins(NOW)
    assert {login.post.role for login in first} == set(Role)
    assert all(login.name.endswith(" (demo)") for login in first)
    assert [account.email for account in await Account.all() if not (account.email or "").endswith(".example")] == []
    assert await Account.filter(password_hash__isnull=False).count() == 0
    await add_logins(NOW)
    assert await demo_logins(NOW) == first


async def test_a_country_without_clinics_has_the_others(database: str) -> None:
    await add_logins(NOW)
    assert await roles() == [Role.VISITATOR, Role.MANAGER, Role.VISITATOR, Role.APPROVER, Role.OPERATOR]


async def test_a_post_that_was_taken_away_is_given_again(database: str) -> None:
    await add_logins(NOW)
    before = await roles()
    await end_membership((await demo_logins(NOW))[0].membership_id, actor=SYSTEM, now=NOW)
    assert await roles() == before[1:]
    await add_logins(NOW)
    assert await roles() == before


async def test_real_accounts_are_none_of_them(database: str) -> None:
    await add_logins(NOW)
    colleague = await a_colleague()
    assert await memberships_of(colleague.account_id, NOW)
    assert colleague.account_id not in {login.account_id for login in await demo_logins(NOW)}
