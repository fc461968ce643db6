"""The table of steps, walked pair by pair."""

from collections.abc import Mapping
from itertools import product
from typing import TypeVar

import pytest

from matching.national_codes import (
    LEVEL_CODES,
    NO_ACTIVITY_CODES,
    PLAN_TYPE_CODES,
    STOP_REASON_CODES,
    NationalCode,
    plan_categories,
)
from matching.rights import Level, PlanType
from matching.state_words import BOOKING_WORDS, NO_ACTIVITY_WORDS, PLAN_WORDS, STOP_REASON_WORDS
from matching.states import (
    BOOKING_BEGINS,
    BOOKING_STEPS,
    CURRENT,
    PLAN_BEGINS,
    PLAN_STEPS,
    SEATED,
    BookingState,
    IllegalTransition,
    NoActivityReason,
    PlanState,
    StopReason,
    StopReasonMissing,
    StopReasonNotAllowed,
    check_stop_reason,
    check_transition,
)

S = TypeVar("S")

PLAN_LEGAL = {
    "received": "assessed stopped error",
    "assessed": "booked handed_back stopped error",
    "booked": "assessed started handed_back stopped error",
    "started": "completed handed_back stopped error",
    "handed_back": "assessed stopped error",
}
BOOKING_LEGAL = {
    "offered": "confirmed cancelled_by_citizen cancelled_by_provider moved no_show",
    "requested": "confirmed refused cancelled_by_citizen cancelled_by_provider moved",
    "confirmed": "started cannot_receive cancelled_by_citizen cancelled_by_provider moved no_show",
    "started": "completed cancelled_by_citizen cancelled_by_provider",
}


def is_legal(legal: Mapping[str, str], current: str, target: str) -> bool:
    return target in legal.get(current, "").split()


@pytest.mark.parametrize(("current", "target"), [*product(PlanState, PlanState)])
def test_every_pair_of_plan_states(current: PlanState, target: PlanState) -> None:
    if is_legal(PLAN_LEGAL, current, target):
        check_transition(current, target)
    else:
        with pytest.raises(IllegalTransition) as refused:
            check_transition(current, target)
        assert refused.value.details == {"current": current.value, "target": target.value}


@pytest.mark.parametrize(("current", "target"), [*product(BookingState, BookingState)])
def test_every_pair_of_booking_states(current: BookingState, target: BookingState) -> None:
    if is_legal(BOOKING_LEGAL, current, target):
        check_transition(current, target)
    else:
        with pytest.raises(IllegalTransition):
            check_transition(current, target)


@pytest.mark.parametrize("current", [PlanState.BOOKED, BookingState.CONFIRMED])
def test_the_two_machines_do_not_mix_although_they_share_words(current: PlanState | BookingState) -> None:
    other = BookingState.STARTED if isinstance(current, PlanState) else PlanState.STARTED
    with pytest.raises(IllegalTransition):
        check_transition(current, other)  # type: ignore[type-var]


def reachable(begins: frozenset[S], steps: Mapping[S, frozenset[S]]) -> set[S]:
    found: set[S] = set()
    ahead = set(begins)
    while ahead:
        found |= ahead
        ahead = {target for state in ahead for target in steps[state]} - found
    return found


def test_every_state_can_be_reached() -> None:
    assert reachable(PLAN_BEGINS, PLAN_STEPS) == set(PlanState) == set(PLAN_STEPS)
    assert reachable(BOOKING_BEGINS, BOOKING_STEPS) == set(BookingState) == set(BOOKING_STEPS)


def test_final_states_are_final_and_every_other_state_can_end() -> None:
    plan_ends = {state for state, steps in PLAN_STEPS.items() if not steps}
    booking_ends = {state for state, steps in BOOKING_STEPS.items() if not steps}
    assert plan_ends == {PlanState.COMPLETED, PlanState.STOPPED, PlanState.ERROR}
    assert booking_ends == set(BookingState) - {BookingState.OFFERED, *CURRENT}
    for plan in PlanState:
        assert reachable(frozenset({plan}), PLAN_STEPS) & plan_ends
    for booking in BookingState:
        assert reachable(frozenset({booking}), BOOKING_STEPS) & booking_ends


def test_a_seat_is_freed_once_and_never_taken_back() -> None:
    assert BOOKING_BEGINS <= SEATED
    assert CURRENT <= SEATED
    for state in set(BookingState) - SEATED:
        assert BOOKING_STEPS[state] == frozenset()


STOPPING = [PlanState.STOPPED, BookingState.CANCELLED_BY_CITIZEN, BookingState.CANCELLED_BY_PROVIDER]


@pytest.mark.parametrize("target", [*PlanState, *BookingState])
def test_a_stop_reason_stands_if_and_only_if_the_course_stops(target: PlanState | BookingState) -> None:
    if target in STOPPING:
        check_stop_reason(target, StopReason.OPTED_OUT)
        with pytest.raises(StopReasonMissing):
            check_stop_reason(target, None)
    else:
        check_stop_reason(target, None)
        with pytest.raises(StopReasonNotAllowed):
            check_stop_reason(target, StopReason.OPTED_OUT)


def test_every_reason_has_one_national_code_of_its_own() -> None:
    assert set(STOP_REASON_CODES) == set(StopReason)
    assert set(NO_ACTIVITY_CODES) == set(NoActivityReason)
    tables: list[NationalCode] = [
        *STOP_REASON_CODES.values(),
        *NO_ACTIVITY_CODES.values(),
        *PLAN_TYPE_CODES.values(),
        *LEVEL_CODES.values(),
    ]
    assert len({code.code for code in tables}) == len({code.display for code in tables}) == len(tables) == 19


def test_the_level_never_stands_without_its_plan_type() -> None:
    displays = {
        (plan_type, level): [code.display for code in plan_categories(plan_type, level)]
        for plan_type, level in [
            (PlanType.GENERAL, None),
            (PlanType.GENERAL, Level.BASIC),
            (PlanType.GENERAL, Level.ADVANCED),
            (PlanType.SPECIALISED, None),
            (PlanType.SPECIALISED_REHABILITATION, None),
        ]
    }
    assert list(displays.values()) == [
        ["Almen"],
        ["Almen", "Basal"],
        ["Almen", "Avanceret"],
        ["Specialiseret"],
        ["Rehabilitering"],
    ]


def test_citizens_read_words_and_never_codes() -> None:
    assert set(PLAN_WORDS) == set(PlanState)
    assert set(BOOKING_WORDS) == set(BookingState)
    assert set(NO_ACTIVITY_WORDS) == set(NoActivityReason)
    assert set(STOP_REASON_WORDS) == set(StopReason)
    words = [*PLAN_WORDS.values(), *BOOKING_WORDS.values(), *NO_ACTIVITY_WORDS.values(), *STOP_REASON_WORDS.values()]
    assert not [text for text in words if "afslået" in text.lower() or "_" in text or not text.endswith(".")]
    displays = {code.display for code in (*STOP_REASON_CODES.values(), *NO_ACTIVITY_CODES.values())}
    assert not displays & set(words)
    assert NO_ACTIVITY_WORDS[NoActivityReason.FREE_CHOICE_DECLINED] == "Du har valgt at vente."
