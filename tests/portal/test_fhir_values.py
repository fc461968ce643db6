"""How FHIR writes dates, places and references: what they mean, and that no text is a fault of ours."""

from datetime import UTC, datetime
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.fhir.codes import Frame
from portal.fhir.dates import instants
from portal.fhir.table import KINDS
from portal.fhir.values import actors, alternatives, near
from providers.errors import GenvejError
from providers.reference import Catalogue

FRAME = Frame("https://genvej.example/fhir", Catalogue({}, {}, {}, {}, {}), False)
READERS = [one for kind in KINDS.values() for one in kind.parameters.values()]


def at(*parts: int) -> datetime:
    year, month, day, hour, minute, second = (*parts, 0, 0, 0)[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


DATES = [
    (["2026-11-16"], at(2026, 11, 15, 23), at(2026, 11, 16, 23)),
    (["2026"], at(2025, 12, 31, 23), at(2026, 12, 31, 23)),
    (["2026-12"], at(2026, 11, 30, 23), at(2026, 12, 31, 23)),
    # The day on which the clock is put forward is an hour shorter.
    (["2027-03-28"], at(2027, 3, 27, 23), at(2027, 3, 28, 22)),
    (["ge2026-11-16", "lt2026-11-18"], at(2026, 11, 15, 23), at(2026, 11, 17, 23)),
    (["gt2026-11-16", "gt2026-11-10", "eb2026-11-18", "le2026-11-20"], at(2026, 11, 16, 23), at(2026, 11, 17, 23)),
    (["sa2026-11-16T10:00:00+01:00"], at(2026, 11, 16, 9, 0, 1), None),
    (["le2026-11-16T10:00"], None, at(2026, 11, 16, 9, 1)),
    (["eq2026-11-16T09:00:00Z"], at(2026, 11, 16, 9), at(2026, 11, 16, 9, 0, 1)),
    # A plus that nobody has quoted arrives as a space.
    (["ge2026-11-16T10:00:00 01:00"], at(2026, 11, 16, 9), None),
]


@pytest.mark.parametrize(("texts", "first", "after"), DATES)
def test_a_date_is_all_the_instants_in_it(texts: list[str], first: datetime | None, after: datetime | None) -> None:
    assert instants(texts, FRAME) == {"starts_from": first, "starts_until": after}


NO_DATES = ("", "tomorrow", "2026-13", "2026-02-30", "ne2026", "ge9999", "2026-11-16T25:00", "T10")


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        instants([text], FRAME)


def test_places_and_actors_in_all_their_forms() -> None:
    assert near(["55.5|12|1.5|km"], FRAME) == {"latitude": 55.5, "longitude": 12.0, "radius": 1500.0}
    assert near(["55.5|12|200|m"], FRAME) == near(["55.5|12|0.2"], FRAME)
    base = FRAME.base
    assert actors([f"{base}/Location/1,2,HealthcareService/3-4,Practitioner/5,Location/-1"], FRAME) == {
        "actor_places": [1, 2],
        "actor_sites": [3],
        "actor_levels": [4],
    }
    assert actors(["Practitioner/5"], FRAME) is None
    assert alternatives(r"a\,b,c\\d") == ["a,b", r"c\d"]


@settings(max_examples=100)
@given(text=st.one_of(st.text(max_size=30), st.from_regex(r"(ge|gt)?[0-9|T:,\-.+Z ]{1,25}", fullmatch=True)))
def test_whatever_is_asked_is_read_or_refused(text: str) -> None:
    for parameter in READERS:
        try:
            values = parameter.read([text], FRAME)
        except (ValueError, OverflowError, GenvejError):
            continue
        assert cast(object, values) is None or all(name.islower() for name in values or {})
