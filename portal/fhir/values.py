"""How FHIR writes what is searched for: tokens, references, places and texts (FHIR R4, 3.1.1.4).

Each reader takes what stands behind the `=` and answers what a filter needs; None means that nothing can be like
that. It raises ValueError for what it cannot read.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from portal.fhir.codes import REGISTERS, Frame, delivered
from providers.geography import OutsideDenmark

Values = Mapping[str, object]
Read = Callable[[Sequence[str], Frame], Values | None]

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_NEAR = re.compile(
    r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)\|(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)"
    r"(?:\|([0-9]{1,7}(?:\.[0-9]{1,9})?)?(?:\|(km|m)?)?)?"
)
_METRES = {"km": 1000.0, "m": 1.0}
_FARTHEST = 1_000_000.0
_LONGEST_TEXT = 80


def alternatives(text: str) -> list[str]:
    """The values of `a,b`, any of which will do; a sign behind a backslash is itself."""
    parts = re.split(r"(?<!\\),", text)
    if "" in parts:
        raise ValueError("a value is empty")
    return [re.sub(r"\\(.)", r"\1", part) for part in parts]


def numbers_of(text: str, width: int) -> list[tuple[int, ...]]:
    """The ids among them that can be one of ours: `12`, or `12-4` where two numbers make one."""
    found = [one.split("-") for one in alternatives(text)]
    return [tuple(map(int, parts)) for parts in found if len(parts) == width and all(map(_NUMBER.fullmatch, parts))]


def ids(width: int = 1) -> Read:
    """`_id`."""
    return lambda texts, frame: by_number(numbers_of(texts[0], width), width)


def by_number(found: Sequence[tuple[int, ...]], width: int) -> Values | None:
    """What the filter `numbers` of a listing takes."""
    if not found:
        return None
    if width == 1:
        return {"numbers": [number for (number,) in found]}
    return {"sites": [one[0] for one in found], "levels": [one[1] for one in found]}


def reference(kind: str, name: str) -> Read:
    """`12`, `Organization/12`, or its whole address."""

    def read(texts: Sequence[str], frame: Frame) -> Values | None:
        found = [one.removeprefix(f"{frame.base}/").removeprefix(f"{kind}/") for one in alternatives(texts[0])]
        numbers = [int(one) for one in found if _NUMBER.fullmatch(one)]
        return {name: numbers} if numbers else None

    return read


def actors(texts: Sequence[str], frame: Frame) -> Values | None:
    """Sites (`Location/12`, or the number alone) and services (`HealthcareService/12-4`)."""
    plain = [one.removeprefix(f"{frame.base}/") for one in alternatives(texts[0])]
    services = ",".join(one.removeprefix("HealthcareService/") for one in plain)
    places = [int(one) for one in (one.removeprefix("Location/") for one in plain) if _NUMBER.fullmatch(one)]
    pairs = numbers_of(services, 2)
    if not places and not pairs:
        return None
    sites, levels = [one[0] for one in pairs], [one[1] for one in pairs]
    return {"actor_places": places, "actor_sites": sites, "actor_levels": levels}


def always(*tokens: str) -> Read:
    """What is shown is always like that, so that another value finds nothing."""
    return lambda texts, frame: {} if set(alternatives(texts[0])) & set(tokens) else None


def registered(texts: Sequence[str], frame: Frame) -> Values | None:
    """Numbers of the registers that we know: `system|number`, or the number alone."""
    found: dict[str, list[str]] = {"cvr": [], "sor": [], "gln": []}
    for one in alternatives(texts[0]):
        system, bar, number = one.rpartition("|")
        for register in {REGISTERS.get(system)} if bar else set(found):
            if register:
                found[register].append(number)
    return found if any(found.values()) else None


def service_types(texts: Sequence[str], frame: Frame) -> Values | None:
    """Packages and levels by any of their codes, `system|code` or the code alone."""
    wanted = {one.rpartition("|") for one in alternatives(texts[0])}
    found = [
        number
        for number in frame.catalogue.levels_by_number
        for code in delivered(number, frame.catalogue).codings
        if wanted & {(code["system"], "|", code["code"]), ("", "", code["code"])}
    ]
    return {"package_levels": found} if found else None


def beginnings(name: str) -> Read:
    """Texts that the value begins with, in any case: as patterns, and as they are."""

    def read(texts: Sequence[str], frame: Frame) -> Values:
        if len(texts[0]) > _LONGEST_TEXT:
            raise ValueError("too long")
        found = alternatives(texts[0])
        return {name: [re.sub(r"([\\%_])", r"\\\1", one) + "%" for one in found], "beginnings": found}

    return read


def near(texts: Sequence[str], frame: Frame) -> Values:
    """`latitude|longitude|distance|unit`; raises OutsideDenmark for a point elsewhere in the world."""
    match = _NEAR.fullmatch(texts[0])
    if match is None:
        raise ValueError("no point")
    latitude, longitude, distance, unit = match.groups()
    if not (53.0 <= float(latitude) <= 60.0 and 5.0 <= float(longitude) <= 18.0):
        raise OutsideDenmark
    radius = float(distance) * _METRES[unit or "km"] if distance else _FARTHEST
    return {"latitude": float(latitude), "longitude": float(longitude), "radius": radius}
