"""Hostile text in every field and every query: never a fault, a header of the sender's, or a way to another site.

The forms are those of the pages; each row of `expectations` is asked as somebody who may come. What a program sends is
in test_api_bad_input, what a file may hold in test_uploads.
"""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
import pytest_asyncio
from lxml import html

from tests.support.databases import Databases
from tests.support.expectations import EXPECTED, Door, Row
from tests.support.matrix_world import Person, World, a_matrix_world

HOSTILE = (
    "x\r\nX-Injected: 1\r\n\r\n<b>",
    "\x00",
    "K\u0430rla",
    "\u202egnp.exe",
    "\u200b\u200d",
    "//evil.example/\\evil.example",
    "https://evil.example/",
    "9" * 40,
    "-1",
    "x" * 20_000,
    "\U0001f40e\u0301" * 50,
    "'\"><script>{{7*7}}%0d%0aX-Injected:%201",
)
_DOORS = {
    Door.OPEN: "visitor",
    Door.CODE: "code 0",
    Door.CITIZEN: "citizen 0",
    Door.IDENTIFIED: "mitid 0",
    Door.ACCOUNT: "visitator 0",
}


@dataclass(frozen=True)
class Form:
    """Where one is sent, by whom, and with which fields."""

    person: Person
    method: str
    path: str
    fields: tuple[str, ...]


@pytest_asyncio.fixture(scope="module")
async def world(databases: Databases) -> AsyncIterator[World]:
    async with databases.fresh() as url, a_matrix_world(url) as world:
        yield world


async def test_hostile_text_in_every_field_and_query_is_only_text(world: World) -> None:
    forms = await _found(world)
    assert len(forms) > 60
    wrong = [line for form in forms for line in await _sent(world, form, dict(zip(form.fields, cycle(HOSTILE))))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
async def test_hostile_text_one_at_a_time(world: World) -> None:
    wrong: list[str] = []
    for form in await _found(world):
        for number, name in enumerate(form.fields):
            for text in islice(cycle(HOSTILE), number, number + len(HOSTILE) // 4):
                wrong += await _sent(world, form, {name: text})
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
async def test_every_page_of_somebody_signed_in_has_the_way_out(world: World) -> None:
    shown = [(path, tree) async for person, path, tree in _shown(world) if person.letter]
    assert len(shown) > 30
    assert [path for path, tree in shown if "/ud" not in {form.action for form in tree.forms}] == []


def _person(world: World, row: Row) -> Person | None:
    """Somebody at home who may come; None where only programs come."""
    if row.door is Door.STAFF:
        return next(one for one in world.people if one.side == 0 and one.letter == row.who[0])
    return next((one for one in world.people if one.name == _DOORS.get(row.door)), None)


def _pages(world: World) -> list[tuple[Person, str]]:
    pages = []
    for name, row in EXPECTED.items():
        method, path = name.split()
        person = _person(world, row)
        if method == "GET" and person and not path.startswith("/api/"):
            objects = {"code": "da", "digest": "x", "issuer": "x", "name": "x", "token": "x"} | world.objects_of(person)
            found = re.sub(r"\{(\w+)\}", lambda part: objects.get(part[1].removesuffix("_id"), "0"), path)  # noqa: B023
            pages.append((person, found))
    return pages


async def _shown(world: World) -> AsyncIterator[tuple[Person, str, html.HtmlElement]]:
    """Every page, as somebody sees it who may come."""
    for person, path in _pages(world):
        answer = await world.ask(person, "GET", path, {})
        if answer.headers.get("content-type", "").startswith("text/html") and answer.content:
            yield person, path, html.document_fromstring(answer.content)


async def _found(world: World) -> list[Form]:
    """Every form of every page, and every address that a link asks by names."""
    fields: dict[tuple[str, str, str], set[str]] = {}
    people = {person.name: person for person in world.people}
    async for person, path, tree in _shown(world):
        for link in {link for *_, link, _ in tree.iterlinks() if link.startswith("/") and "?" in link}:
            asked = fields.setdefault((person.name, "GET", urlsplit(link).path), set())
            asked |= {name for name, _ in parse_qsl(urlsplit(link).query)}
        for form in tree.forms:
            asked = fields.setdefault((person.name, form.method, urlsplit(form.action or path).path), set())
            asked |= {name for name in form.fields if name and name != "som"}
    return [Form(people[name], method, path, tuple(sorted(found))) for (name, method, path), found in fields.items()]


async def _sent(world: World, form: Form, values: Mapping[str, str]) -> list[str]:
    """What is wrong with the answer."""
    query = f"?{urlencode(values)}" if form.method == "GET" else ""
    try:
        fault = _fault(await world.ask(form.person, form.method, form.path + query, {} if query else values))
    # The client hands on what the portal did not catch, which is a 500 to everybody else.
    except Exception as error:
        fault = repr(error)
    return [f"{form.method} {form.path} {form.person.name} {values}: {fault}"[:500]] if fault else []


def _fault(answer: httpx.Response) -> str:
    led_to = urlsplit(answer.headers.get("Location", ""))
    if answer.status_code >= 500:
        return str(answer.status_code)
    if "x-injected" in answer.headers or any("\n" in value or "\r" in value for value in answer.headers.values()):
        return f"a header: {answer.headers}"
    if led_to.netloc not in ("", answer.url.netloc.decode()) or led_to.path.startswith(("//", "/\\", "\\")):
        return f"leads to {led_to.geturl()}"
    return "a live script" if "<script>{{" in answer.text or "<b>" in answer.text else ""
