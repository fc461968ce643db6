"""Every address × everybody: who may come, who is sent elsewhere, and who is told that there is no such thing."""

import re
from collections.abc import AsyncIterator, Iterator, Mapping

import pytest
import pytest_asyncio

from portal.access import GuardedRoute
from portal.identity.word import BY
from tests.support.databases import Databases
from tests.support.expectations import EXPECTED, Door, Row
from tests.support.matrix_world import Objects, Person, World, a_matrix_world
from tests.support.refusals import content

_LITERALS = {"code": "da", "digest": "x", "issuer": "x", "name": "x", "token": "x"}
_FLEETING = {"session", "attempt_budget", "audit_entry", "audit_unsealed"}
"""Tables that a refusal may write to: it may be noted, and it may be counted."""


# The world is the same seen from both sides, so who lives on the second finds nothing that the first does not.
_BOTH_SIDES = pytest.mark.parametrize("side", [0, pytest.param(1, marks=pytest.mark.long)])


@pytest_asyncio.fixture(scope="module")
async def world(databases: Databases) -> AsyncIterator[World]:
    async with databases.fresh() as url, a_matrix_world(url) as world:
        yield world


def test_every_address_has_its_row(world: World) -> None:
    routes = [route for route in world.app.routes if isinstance(route, GuardedRoute)]
    names = {f"{method} {route.path}" for route in routes for method in route.methods or () if method != "HEAD"}
    assert set(EXPECTED) == names


@_BOTH_SIDES
async def test_strangers_are_refused_and_change_nothing(world: World, side: int) -> None:
    before = await _lasting()
    wrong = [line for line in await _answers(world, side, allowed=False) if line]
    assert not wrong, "\n".join(wrong)
    assert await _lasting() == before


@_BOTH_SIDES
async def test_those_who_may_come_are_let_in(world: World, side: int) -> None:
    wrong = [line for line in await _answers(world, side, allowed=True) if line]
    assert not wrong, "\n".join(wrong)


async def _answers(world: World, side: int, *, allowed: bool) -> list[str]:
    world.visits.clear()
    return [await _asked(world, *case, refused=not allowed) for case in _cases(world, side, allowed=allowed)]


Case = tuple[str, Person, Objects, tuple[int, str]]


def _cases(world: World, side: int, *, allowed: bool) -> Iterator[Case]:
    """Address, person of that side, objects, and the status with the beginning of the address that is led to."""
    people = [person for person in world.people if person.side == side]
    # What is open to everybody asks nobody's role: one of each kind is enough.
    kinds = list({person.kind: person for person in people}.values())
    # Nobody without an account comes far at the staff's doors; the least and the most of them are asked on one side.
    for_staff = [person for person in people if person.letter or person.kind in {"visitor", "mitid"} or side]
    asked = {Door.OPEN: kinds, Door.ACCOUNT: for_staff, Door.STAFF: for_staff}
    for name, row in EXPECTED.items():
        for person in asked.get(row.door, people):
            refusal = _refusal(row, person)
            if refusal and not allowed:
                yield name, person, world.objects_of(person), refusal
            if not refusal and allowed:
                yield name, person, world.objects_of(person), (row.but.get(person.kind, row.own), "")
            strangers = world.objects_of_strangers(person)
            if not refusal and not allowed and _kinds(name, row) & strangers.keys():
                yield name, person, strangers, (row.other, "")


def _refusal(row: Row, person: Person) -> tuple[int, str] | None:
    """How somebody who may not come is refused; None for those who may."""
    known = person.visit.get("data", {})
    match row.door:
        case Door.CODE | Door.CITIZEN | Door.IDENTIFIED if not known:
            return 303, "/?mangler=kode"
        case Door.CITIZEN if not known.get("verified"):
            return 303, "/bekraeft"
        case Door.IDENTIFIED if BY not in known:
            return 303, "/?mangler=mitid"
        case Door.ACCOUNT | Door.STAFF if not person.letter:
            return 303, "/ind"
        case Door.STAFF if person.letter not in row.who:
            return 403, ""
        case Door.KEY | Door.CLINIC_KEY if person.kind in {Door.KEY, Door.CLINIC_KEY} - {row.door}:
            return 403, ""
        case Door.PROGRAM | Door.KEY | Door.CLINIC_KEY if person.kind != row.door:
            return 401, ""
    return None


def _kinds(name: str, row: Row) -> set[str]:
    """Which kinds of objects an address and its fields name."""
    texts = " ".join((name, *row.fields.values()))
    return {found.removesuffix("_id") for found in re.findall(r"\{(\w+)\}", texts)} - _LITERALS.keys()


async def _asked(
    world: World, name: str, person: Person, objects: Objects, expected: tuple[int, str], *, refused: bool
) -> str:
    """Empty when the answer is as expected, or else what it was."""
    method, path = name.split()
    filled = _filled(path, objects)
    fields = {key: _filled(value, objects) for key, value in EXPECTED[name].fields.items()}
    response = await world.ask(person, method, filled, fields, refused=refused)
    led_to = response.headers.get("Location", "")
    if response.status_code == expected[0] and led_to.startswith(expected[1]):
        return ""
    return f"{name} {person.name}: {response.status_code} {led_to}, not {expected}"


def _filled(text: str, objects: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: (objects | _LITERALS).get(found[1].removesuffix("_id"), "0"), text)


async def _lasting() -> dict[str, str]:
    return {table: rows for table, rows in (await content()).items() if table not in _FLEETING}
