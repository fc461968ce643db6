"""Server-side visits: the visitor has a random id, the table its digest, and every visit ends."""

from datetime import timedelta

import pytest

from providers.database import fetch_value
from providers.sessions import Limits, Visit, end_visit, forget_ended_visits, load_visit, save_visit, take_out
from tests.support.worlds import NOW

pytestmark = pytest.mark.usefixtures("clean_world")

IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=8)
LIMITS = Limits(IDLE, ABSOLUTE)
INSTANT = timedelta(microseconds=1)


async def test_what_is_saved_is_loaded_as_it_was() -> None:
    data = {"plan": 7, "verified": True, "place": {"postal_code": "1050"}, "seen": [1, "æ"]}
    session_id = await save_visit(Visit(data=data), NOW, LIMITS)
    assert await load_visit(session_id, NOW) == Visit(session_id, data, NOW, NOW)


async def test_the_table_does_not_hold_what_the_visitor_holds() -> None:
    session_id = await save_visit(Visit(data={"plan": 7}), NOW, LIMITS)
    assert len(session_id) >= 43, "32 random bytes"
    assert session_id not in await fetch_value("SELECT session::text FROM session")


async def test_every_visit_has_an_id_of_its_own_and_keeps_it() -> None:
    first, second = await save_visit(Visit(), NOW, LIMITS), await save_visit(Visit(), NOW, LIMITS)
    assert first != second
    visit = await load_visit(first, NOW)
    assert visit is not None
    visit.data["plan"] = 7
    assert await save_visit(visit, NOW, LIMITS) == first
    assert (await load_visit(first, NOW)) == Visit(first, {"plan": 7}, NOW, NOW)
    assert await fetch_value("SELECT count(*) FROM session") == 2


async def test_a_visit_ends_when_nobody_comes_by() -> None:
    session_id = await save_visit(Visit(), NOW, LIMITS)
    assert await load_visit(session_id, NOW + IDLE - INSTANT) is not None
    assert await load_visit(session_id, NOW + IDLE) is None


async def test_a_visit_ends_however_busy_it_is() -> None:
    now, session_id = NOW, await save_visit(Visit(), NOW, LIMITS)
    while (visit := await load_visit(session_id, now)) and now < NOW + timedelta(days=1):
        await save_visit(visit, now, LIMITS)
        now += IDLE - INSTANT
    assert ABSOLUTE <= now - NOW < ABSOLUTE + IDLE


async def test_an_ended_visit_is_gone_at_once_and_no_other() -> None:
    ended, other = await save_visit(Visit(), NOW, LIMITS), await save_visit(Visit(), NOW, LIMITS)
    await end_visit(ended)
    await end_visit("nobody's")
    assert await load_visit(ended, NOW) is None
    assert await load_visit(other, NOW) is not None


@pytest.mark.parametrize("session_id", ["", "guessed", "\x00", "æ" * 5000])
async def test_a_guessed_id_opens_nothing(session_id: str) -> None:
    await save_visit(Visit(), NOW, LIMITS)
    assert await load_visit(session_id, NOW) is None


async def test_visits_that_ended_by_themselves_are_removed() -> None:
    await save_visit(Visit(), NOW - IDLE, LIMITS)
    alive = await save_visit(Visit(), NOW - IDLE + INSTANT, LIMITS)
    await forget_ended_visits(NOW)
    assert await fetch_value("SELECT count(*) FROM session") == 1
    assert await load_visit(alive, NOW) is not None


async def test_what_is_taken_out_is_given_once_and_gone() -> None:
    kept = {"handshakes": {"a": {"nonce": "æ"}, "b": {}}, "plan": 7}
    session_id = await save_visit(Visit(data=kept), NOW, LIMITS)
    first, second = await load_visit(session_id, NOW), await load_visit(session_id, NOW)
    assert first is not None
    assert second is not None
    assert await take_out(first, "handshakes", "a") == {"nonce": "æ"}
    assert await take_out(second, "handshakes", "a") is None
    assert (first.data, first.data) == ({"handshakes": {"b": {}}, "plan": 7}, second.data)
    stored = await load_visit(session_id, NOW)
    assert stored is not None
    assert stored.data == first.data
    assert await take_out(Visit(), "handshakes", "a") is None
