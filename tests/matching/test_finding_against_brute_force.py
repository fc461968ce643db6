"""The finder and the law in plain Python give the same rows in the same order, on hundreds of random worlds."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import fields, replace
from datetime import datetime
from functools import partial
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matching.finding import Match, Origin, Search, cells, find, finder
from matching.finding import seats as finding
from matching.finding.search import Terms
from matching.finding.seats import seat_of_slot, seats_of_site
from matching.finding.wishes import NO_WISHES
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
few = settings(max_examples=25, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])
many = settings(few, max_examples=300)

moments = st.sampled_from(MOMENTS)
Asked = tuple[World, tuple[Question, ...], int, bool]
"""Writing a world costs more than asking it, so each is asked several times. The number is how many are a crowd; the
last says whether a branch is read one row at a time, so that every row is once the horizon."""


def asked(
    worlds: Callable[[datetime], st.SearchStrategy[World]], questions: Callable[[datetime], st.SearchStrategy[Question]]
) -> st.SearchStrategy[Asked]:
    crowd = st.sampled_from((500, 500, 8, 2, 0))
    row_by_row = st.sampled_from((False, False, True))
    return moments.flatmap(lambda now: st.tuples(worlds(now), st.tuples(*[questions(now)] * 4), crowd, row_by_row))


cases = asked(partial(worlds, sites=10), questions)
small = asked(partial(worlds, sites=4), questions)
crowded = asked(crowds, partial(questions, package_level=4, home="0101"))


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
    def look(case: Asked) -> None:
        world, questions, *_ = case
        for question in questions:
            found = brute_force.answers(world, question, lambda place: (place[0] * 63_000, place[1] * 111_000))
            lists.append(found)
            met.update(answer.basis for answer in found)
            met["tie"] += len({answer.distance for answer in found}) < len(found)
            met["next page"] += len(found) > question.limit
            met["wished for"] += bool(found) and question.wishes != NO_WISHES
            unheld = brute_force.answers(replace(world, holds=()), question, lambda _: (0, 0))
            met["hold"] += len(unheld) > len(brute_force.answers(world, question, lambda _: (0, 0)))

    look()
    assert sum(map(bool, lists)) > len(lists) / 2
    assert set(met) == {*Basis, "tie", "next page", "wished for", "hold"}
    assert min(met.values()) > 0, met


@few
@given(case=cases)
async def test_page_after_page_the_list_is_the_same(metres: Metres, case: Asked) -> None:
    await _same(case, metres)


@few
@given(case=crowded)
async def test_in_a_crowd_that_has_few_free_times_too(metres: Metres, case: Asked) -> None:
    await _same(case, metres)


@pytest.mark.long
@many
@given(case=st.one_of(cases, crowded))
async def test_in_many_more_worlds_the_list_is_the_same(metres: Metres, case: Asked) -> None:
    await _same(case, metres)


@few
@given(case=small)
async def test_each_site_and_each_slot_is_as_free_as_the_law_says(case: Asked) -> None:
    await _as_free(case)


@pytest.mark.long
@settings(many, max_examples=150)
@given(case=small)
async def test_in_many_more_worlds_each_slot_is_as_free(case: Asked) -> None:
    await _as_free(case)


async def _as_free(case: Asked) -> None:
    world, questions, *_ = case
    async with undone():
        await write(world)
        for question in questions[:2]:
            terms = _terms(question)
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


async def _same(case: Asked, metres: Metres) -> None:
    world, questions, crowd, row_by_row = case
    async with undone():
        await write(world)
        for question in questions:
            with pytest.MonkeyPatch.context() as patch:
                for limit, share in (("TOO_EARLY", 2), ("CROWD", 1)):
                    patch.setattr(finder, limit, crowd // share)
                for limit in ("SETTLED", "MUCH_SETTLED"):
                    patch.setattr(cells, limit, crowd)
                if row_by_row:
                    patch.setattr(finder, "_SPARE_ROWS", -question.limit)
                pages = [page async for page in _pages(question, metres)]
            expected = brute_force.answers(world, question, metres)
            assert [_answer(match) for page in pages for match in page] == [_nearly(answer) for answer in expected]
            assert [len(page) for page in pages[:-1]] == [question.limit] * (len(pages) - 1)
            assert pages[-1] or len(pages) == 1, "a page was promised that has nothing on it"


async def _pages(question: Question, metres: Metres) -> AsyncIterator[tuple[Match, ...]]:
    x, y = metres(question.place)
    search = Search(
        _terms(question), Origin(x, y), question.radius, question.limit, sort=question.sort, wishes=question.wishes
    )
    while True:
        page = await find(search)
        yield page.items
        if page.after is None:
            return
        assert page.after != search.after
        search = replace(search, after=page.after)


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
