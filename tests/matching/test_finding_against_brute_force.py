"""The finder and the law in plain Python give the same rows in the same order, on hundreds of random worlds."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import fields, replace
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matching.finding import Match, Origin, Search, find
from matching.finding import seats as finding
from matching.finding.search import Terms
from matching.finding.seats import seat_of_slot, seats_of_site
from matching.plan_facts import Basis
from providers.database import fetch
from tests.support import brute_force
from tests.support.brute_force import Answer, Metres, Seat
from tests.support.questions import questions
from tests.support.rows import undone
from tests.support.small_world import Place, Question, World, write
from tests.support.strategies import MOMENTS, PLACES, crowds, worlds

pytestmark = pytest.mark.usefixtures("world")

# Explaining a failure would take minutes here.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
many = settings(max_examples=250, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
fewer = settings(many, max_examples=80)

moments = st.sampled_from(MOMENTS)
cases = moments.flatmap(lambda now: st.tuples(worlds(now), questions(now)))
small = moments.flatmap(lambda now: st.tuples(worlds(now, sites=5), questions(now)))
crowded = moments.flatmap(lambda now: st.tuples(crowds(now), questions(now, package_level=4, home="0101")))


@pytest_asyncio.fixture(scope="module")
async def metres(world: str) -> Metres:
    """Where PostGIS says that the places are."""
    query = """
    SELECT lon, lat, ST_X(p) AS x, ST_Y(p) AS y FROM unnest($1::float[], $2::float[]) AS place(lon, lat)
    CROSS JOIN LATERAL ST_Transform(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 25832) AS p
    """
    records = await fetch(query, *zip(*PLACES, strict=True))
    known: dict[Place, tuple[float, float]] = {(r["lon"], r["lat"]): (r["x"], r["y"]) for r in records}
    return known.__getitem__


@pytest.mark.long
def test_the_random_worlds_are_worth_asking() -> None:
    """Most of them have an answer, on every basis, with ties, with holds that matter and over several pages."""
    lists: list[list[Answer]] = []
    met = Counter[str]()

    # The same examples each time: chance would now and then draw a poor lot.
    @settings(many, derandomize=True)
    @given(case=cases)
    def look(case: tuple[World, Question]) -> None:
        world, question = case
        found = brute_force.answers(world, question, lambda place: (place[0] * 63_000, place[1] * 111_000))
        lists.append(found)
        met.update(answer.basis for answer in found)
        met["tie"] += len({answer.distance for answer in found}) < len(found)
        met["next page"] += len(found) > question.limit
        unheld = brute_force.answers(replace(world, holds=()), question, lambda _: (0, 0))
        met["hold"] += len(unheld) > len(brute_force.answers(world, question, lambda _: (0, 0)))

    look()
    assert sum(map(bool, lists)) > len(lists) / 2
    assert set(met) == {*Basis, "tie", "next page", "hold"}
    assert min(met.values()) > 0, met


@many
@given(case=cases)
async def test_page_after_page_the_list_is_the_same(metres: Metres, case: tuple[World, Question]) -> None:
    await _same(*case, metres)


@settings(many, max_examples=150)
@given(case=crowded)
async def test_in_a_crowd_that_has_few_free_times_too(metres: Metres, case: tuple[World, Question]) -> None:
    await _same(*case, metres)


@fewer
@given(case=small)
async def test_each_site_and_each_slot_is_as_free_as_the_law_says(case: tuple[World, Question]) -> None:
    world, question = case
    terms = _terms(question)
    async with undone():
        await write(world)
        of_sites = [
            _seat(seat) for number in range(len(world.sites) + 1) for seat in await seats_of_site(number, terms)
        ]
        of_slots = {number: await seat_of_slot(number, terms) for number, _, _ in world.slots}
    expected = brute_force.seats(world, question)
    assert of_sites == expected
    assert {number: seat and _seat(seat) for number, seat in of_slots.items()} == {
        **dict.fromkeys(of_slots),
        **{seat.slot_id: seat for seat in expected},
    }


async def _same(world: World, question: Question, metres: Metres) -> None:
    async with undone():
        await write(world)
        pages = [page async for page in _pages(question, metres)]
    expected = brute_force.answers(world, question, metres)
    assert [_answer(match) for page in pages for match in page] == [_nearly(answer) for answer in expected]
    assert [len(page) for page in pages[:-1]] == [question.limit] * (len(pages) - 1)
    assert pages[-1] or len(pages) == 1, "a page was promised that has nothing on it"


async def _pages(question: Question, metres: Metres) -> AsyncIterator[tuple[Match, ...]]:
    x, y = metres(question.place)
    after = None
    while True:
        search = Search(_terms(question), Origin(x, y), question.radius, question.limit, after)
        page = await find(search)
        yield page.items
        if page.after is None:
            return
        assert page.after != after
        after = page.after


def _terms(question: Question) -> Terms:
    return Terms(
        package_level_id=question.package_level,
        home_municipality=question.home,
        bases=question.bases,
        now=question.now,
        not_before=question.not_before,
        extended_not_before=question.extended_not_before,
        stale_before=question.stale_before,
        opens_on=question.opens_on,
        plan_id=question.plan,
    )


def _answer(match: Match) -> Answer:
    return Answer(**{field.name: getattr(match, field.name) for field in fields(Answer)})


def _nearly(answer: Answer) -> Answer:
    """A processor that fuses multiplying and adding may round a distance differently."""
    nearly: Any = pytest.approx(answer.distance, abs=1e-6)
    return replace(answer, distance=nearly)


def _seat(seat: finding.Seat) -> Seat:
    return Seat(**{field.name: getattr(seat, field.name) for field in fields(Seat)})
