"""The work of reading a message grows with its size and no faster, however it is built to make us work."""

import sys
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element  # nosec B405

import orjson
import pytest

from matching.intake import elements, ggop
from matching.intake.reading import drafts_in

FEW, MANY = 40, 160


def bundle_of(number: int, *first: Any, **of_each: Any) -> bytes:
    requests = [{"resourceType": "ServiceRequest", "id": f"r{n}", "status": "active", **of_each} for n in range(number)]
    return orjson.dumps({"resourceType": "Bundle", "entry": [{"resource": one} for one in (*first, *requests)]})


def referring(number: int) -> bytes:
    """Each plan's patient is the last of many."""
    patients = [{"resourceType": "Patient", "id": f"p{n}"} for n in range(number)]
    return bundle_of(number, *patients, subject={"reference": f"Patient/p{number - 1}"})


def with_interventions(number: int) -> bytes:
    """Each of many interventions is for every plan that does not have its own."""
    plan = {"resourceType": "CarePlan", "activity": [{"detail": {}}]}
    return bundle_of(number, *[plan] * number, requester={"reference": "Organization/none"})


def half_of_them_revoked(number: int) -> bytes:
    ended = [{"resourceType": "ServiceRequest", "id": f"e{n}", "status": "completed"} for n in range(number)]
    return bundle_of(number, *ended)


@pytest.mark.parametrize("message", [referring, with_interventions, half_of_them_revoked])
def test_four_times_as_much_is_four_times_the_work(message: Callable[[int], bytes]) -> None:
    assert steps(message(MANY)) < 1.5 * (MANY / FEW) * steps(message(FEW))


def steps(body: bytes) -> int:
    """How many functions, ours and the interpreter's, are called to find the plans."""
    counted = 0

    def count(*event: object) -> None:
        nonlocal counted
        counted += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        drafts_in(body)
    finally:
        sys.setprofile(before)
    return counted


def test_a_file_of_many_plans_is_looked_through_once_for_its_envelope(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_through: list[str] = []

    def first(element: Element | None, *names: str) -> Element | None:
        looked_through.append("" if element is None else element.tag)
        return elements.first(element, *names)

    monkeypatch.setattr(ggop, "first", first)
    assert len(drafts_in(f"<E>{f'<{ggop.PLAN}/>' * FEW}</E>".encode())) == FEW
    assert looked_through.count("E") == 1


def test_a_plan_within_a_plan_is_part_of_it() -> None:
    assert len(drafts_in(f"<E>{f'<{ggop.PLAN}>' * FEW}{f'</{ggop.PLAN}>' * FEW}</E>".encode())) == 1
