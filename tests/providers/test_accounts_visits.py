"""My visits: seen with what they sit at, ended one by one or all at once, and never alive again."""

from datetime import datetime, timedelta

import pytest

from providers.accounts import change_password, end_all_sessions, end_session, sessions_of
from providers.models import Session
from providers.sessions import Limits, Visit, load_visit, save_visit
from tests.support.staff import ACCOUNT_POLICY, ADDRESS, PASSWORD, Colleague, a_colleague, the_post
from tests.support.worlds import NOW, VAULT

pytestmark = pytest.mark.usefixtures("clean_world")

LIMITS = Limits(timedelta(minutes=30), timedelta(hours=10))
MINUTE = timedelta(minutes=1)


async def a_visit(colleague: Colleague, device: str | None = "Firefox", now: datetime = NOW) -> str:
    member = await the_post(colleague)
    visit = Visit(account_id=colleague.account_id, membership_id=member.membership_id, device=device)
    return await save_visit(visit, now, LIMITS)


async def test_a_visit_remembers_who_as_what_and_where() -> None:
    colleague = await a_colleague()
    visit = await load_visit(await a_visit(colleague), NOW)
    assert visit is not None
    assert (visit.account_id, visit.device) == (colleague.account_id, "Firefox")
    assert visit.membership_id == (await the_post(colleague)).membership_id


async def test_my_living_visits_and_nobody_else_s() -> None:
    mine, theirs = await a_colleague(), await a_colleague()
    await a_visit(mine, "Den gamle", NOW - timedelta(minutes=31))
    first, second = await a_visit(mine, "x" * 100, NOW - MINUTE), await a_visit(mine, None)
    await a_visit(theirs)
    visits = await sessions_of(mine.account_id, NOW, current=first)
    assert [(visit.device, visit.seen_at, visit.is_this_one) for visit in visits] == [
        (None, NOW, False),
        ("x" * 80, NOW - MINUTE, True),
    ]
    assert not {visit.handle for visit in visits} & {first, second}


async def test_ending_one_of_mine() -> None:
    mine, theirs = await a_colleague(), await a_colleague()
    here, there, foreign = await a_visit(mine), await a_visit(mine), await a_visit(theirs)
    handles = {visit.is_this_one: visit.handle for visit in await sessions_of(mine.account_id, NOW, current=here)}
    (foreign_handle,) = [visit.handle for visit in await sessions_of(theirs.account_id, NOW)]
    assert not await end_session(mine.account_id, foreign_handle)
    assert not await end_session(mine.account_id, there)
    assert await end_session(mine.account_id, handles[False])
    assert not await end_session(mine.account_id, handles[False])
    assert [await load_visit(session, NOW) is None for session in (here, there, foreign)] == [False, True, False]


async def test_ending_all_of_mine_but_this_one() -> None:
    mine, theirs = await a_colleague(), await a_colleague()
    here, there, foreign = await a_visit(mine), await a_visit(mine), await a_visit(theirs)
    await end_all_sessions(mine.account_id, keep=here)
    assert [await load_visit(session, NOW) is None for session in (here, there, foreign)] == [False, True, False]
    await end_all_sessions(mine.account_id)
    assert [await load_visit(session, NOW) is None for session in (here, foreign)] == [True, False]


async def test_a_new_password_ends_every_other_visit() -> None:
    mine = await a_colleague()
    here, there = await a_visit(mine), await a_visit(mine)
    await change_password(
        mine.account_id,
        PASSWORD,
        "fire nye ord uden forbindelse",
        keep=here,
        address=ADDRESS,
        now=NOW,
        vault=VAULT,
        policy=ACCOUNT_POLICY,
    )
    assert [await load_visit(session, NOW) is None for session in (here, there)] == [False, True]


async def test_a_visit_ended_while_its_page_was_being_made_stays_ended() -> None:
    mine = await a_colleague()
    visit = await load_visit(await a_visit(mine), NOW)
    assert visit is not None
    await end_all_sessions(mine.account_id)
    visit.data["more"] = 1
    await save_visit(visit, NOW + MINUTE, LIMITS)
    assert await Session.all().count() == 0
