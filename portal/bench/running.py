"""Run families of benchmarks, one after the other, each on the same ground."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from portal.bench.book import book
from portal.bench.capacity import capacity
from portal.bench.figure_page import figure_page
from portal.bench.figures import Figure, Pair
from portal.bench.ground import Ground
from portal.bench.growth import growth
from portal.bench.guard import guard
from portal.bench.imports import imports
from portal.bench.journey import journey
from portal.bench.machine import load, machine
from portal.bench.match import match
from portal.bench.measuring import measure
from portal.bench.minute import minute
from portal.bench.rush import rush
from portal.bench.signing import signing
from portal.bench.tipg import beside_tipg
from portal.bench.worklist import worklist
from portal.country import sizes
from providers.database import connect, connected

Family = Callable[[Ground], AsyncGenerator[Pair, None]]

FAMILIES: Mapping[str, Sequence[Family]] = MappingProxyType(
    {
        "match": (match, beside_tipg, growth, minute),
        "book": (book, rush),
        "guard": (guard, signing),
        "cases": (imports, worklist, figure_page),
        "capacity": (capacity,),
        "journey": (journey,),
    }
)
"""Everything that can be measured, by the name under which the command knows it."""


@dataclass(frozen=True, slots=True)
class Results:
    """The figures, and what they were measured on."""

    figures: Sequence[Figure]
    machine: Mapping[str, Any]
    sizes: Mapping[str, int]
    notes: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        """Everything for programs."""
        return {"figures": [figure.as_json() for figure in self.figures], "machine": self.machine, "sizes": self.sizes}


async def run(names: Sequence[str], ground: Ground, told: Callable[[Figure], None]) -> Results:
    """Measure the families of these names; each figure is told as soon as it is there."""
    connection = await connect(ground.databases.address("postgres"))
    about = dict(await machine(connection))
    await connection.close()
    figures: list[Figure] = []
    for family in (family for name in names for family in FAMILIES[name]):
        async with aclosing(family(ground)) as pairs:
            async for pair in pairs:
                figures.append(await measure(pair, ground.effort))
                told(figures[-1])
    about["load_at_the_end"] = load()
    # The largest that was needed: a family may do with a small one.
    largest = max(ground.countries.values(), key=lambda made: made.sites, default=None)
    country = largest or await ground.country()
    async with connected(country.url, pool_size=1):
        return Results(figures, about, await sizes(), ground.notes)
