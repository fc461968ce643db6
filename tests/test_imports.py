"""The house has three floors: portal stands on matching, matching on providers, and nobody looks up."""

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = ("providers", "matching", "portal")

# What answers HTTP, draws pages or talks to a terminal.
WEB = {"itsdangerous", "jinja2", "multipart", "rich", "starlette", "typer", "uvicorn"}
# Reports are delivered by a client, which has the only places below the portal that may know one.
CLIENT, DELIVERY = {"httpx"}, ("matching/reports/", "providers/outgoing.py", "providers/asking.py")
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "pydantic_settings"}


def test_imports_go_one_way() -> None:
    def upward(place: str) -> set[str]:
        floor = place.partition("/")[0]
        return packages(place) & set(FLOORS[FLOORS.index(floor) + 1 :])

    assert offences(upward) == {}


def test_only_the_portal_knows_the_web() -> None:
    def web(place: str) -> set[str]:
        return packages(place) & (WEB if place.startswith(DELIVERY) else WEB | CLIENT)

    assert offences(web, above=("portal/",)) == {}


def test_only_the_portal_reads_the_environment() -> None:
    def environment(place: str) -> set[str]:
        return ENVIRONMENT & {*imported(place), *named(place)}

    assert offences(environment, above=("portal/",)) == {}


def test_only_the_portal_asks_what_time_it_is() -> None:
    """Below, `now` is a parameter, so that a verb has one time from beginning to end."""

    def asked(place: str) -> set[str]:
        return {"now", "today", "utcnow"} & {name.rpartition(".")[2] for name, _ in calls(place)}

    assert offences(asked, above=("portal/",)) == {}


def test_every_instant_has_a_time_zone() -> None:
    def naive(place: str) -> set[str]:
        return {
            f"{name} in line {call.lineno}"
            for name, call in calls(place)
            if name.endswith((".utcnow", ".utcfromtimestamp"))
            or (name.endswith("datetime.now") and not call.args and not call.keywords)
            or (name.endswith("datetime.fromtimestamp") and len(call.args) < 2 and not call.keywords)
        }

    assert offences(naive) == {}


def test_the_reader_sees_every_form_of_import_and_call(tmp_path: Path) -> None:
    file = tmp_path / "file.py"
    file.write_text(
        "import os\nimport matching.rights as r\nfrom portal import app\n"
        "def f():\n    from starlette.requests import Request\n    from . import near\n    os.environ['A']\n"
        "    datetime.datetime.now()\n"
    )
    assert packages(str(file)) == {"os", "matching", "portal", "starlette"}
    assert "os.environ" in named(str(file))
    assert [name for name, _ in calls(str(file))] == ["datetime.datetime.now"]


def offences(rule: Callable[[str], set[str]], *, above: tuple[str, ...] = ()) -> dict[str, set[str]]:
    """What the rule finds in each file that is not `above` it."""
    places = [path.relative_to(ROOT).as_posix() for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    assert len(places) > 50
    return {place: found for place in places if not place.startswith(above) and (found := rule(place))}


def packages(place: str) -> set[str]:
    """The top-level packages that a file imports, also inside functions."""
    return {name.partition(".")[0] for name in imported(place)}


def imported(place: str) -> Iterator[str]:
    """The absolute name of everything that a file imports."""
    for node in nodes(place):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def named(place: str) -> set[str]:
    """Every dotted name that a file speaks of."""
    return {ast.unparse(node) for node in nodes(place) if isinstance(node, ast.Attribute)}


def calls(place: str) -> list[tuple[str, ast.Call]]:
    return [(ast.unparse(node.func), node) for node in nodes(place) if isinstance(node, ast.Call)]


@cache
def nodes(place: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse((ROOT / place).read_text(encoding="utf-8"))))
