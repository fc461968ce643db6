"""Who gets transport paid: every rule of BEK 816/2018 as the standards put it, and what may not be concluded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.transport import FAR, Answer, Ground, Traveller, Trip, Why, transport
from providers.reference.catalogue import Threshold

IN_2024 = Threshold(2024, 48, 113)
PENSIONER, UNABLE, NEITHER = Traveller(True, False), Traveller(False, True), Traveller(False, False)
NEAR, LONG = 3_000.0, 60_000.0


def test_a_pensioner_is_entitled_and_has_the_lower_threshold() -> None:
    found = transport(PENSIONER, Trip(NEAR, 60), threshold=IN_2024)
    assert (found.answer, found.grounds, found.limit, found.at_most) == (Answer.YES, (Ground.PENSIONER,), 48, 60)


def test_so_is_who_cannot_use_public_transport_with_the_ordinary_one() -> None:
    found = transport(UNABLE, Trip(NEAR, 120), threshold=IN_2024)
    assert (found.answer, found.grounds, found.limit) == (Answer.YES, (Ground.UNABLE,), 113)


def test_and_who_lives_more_than_fifty_kilometres_away() -> None:
    found = transport(NEITHER, Trip(FAR + 1, 200), threshold=IN_2024)
    assert (found.answer, found.grounds) == (Answer.YES, (Ground.FAR,))


def test_several_grounds_are_all_named() -> None:
    found = transport(Traveller(True, True), Trip(LONG, 200), threshold=IN_2024)
    assert found.grounds == (Ground.PENSIONER, Ground.UNABLE, Ground.FAR)


@pytest.mark.parametrize(
    ("traveller", "kroner", "answer"),
    [(PENSIONER, 48, Answer.NO), (PENSIONER, 49, Answer.YES), (UNABLE, 113, Answer.NO), (UNABLE, 114, Answer.YES)],
)
def test_the_round_trip_must_cost_more_than_the_threshold(traveller: Traveller, kroner: int, answer: Answer) -> None:
    assert transport(traveller, Trip(NEAR, kroner), threshold=IN_2024).answer is answer


def test_without_a_ground_nothing_is_paid_however_dear_the_trip() -> None:
    found = transport(NEITHER, Trip(NEAR, 2_000), threshold=IN_2024)
    assert (found.answer, found.why, found.at_most) == (Answer.NO, Why.NOT_ENTITLED, None)


def test_a_line_of_nearly_fifty_kilometres_may_be_a_longer_road() -> None:
    for metres in (FAR, 40_000.0):
        assert transport(NEITHER, Trip(metres, 200), threshold=IN_2024).why is Why.DISTANCE_UNCERTAIN
    assert transport(NEITHER, Trip(FAR / 2, 200), threshold=IN_2024).why is Why.NOT_ENTITLED


def test_under_the_free_choice_no_more_is_paid_than_for_the_municipalitys_own_place() -> None:
    found = transport(PENSIONER, Trip(LONG, 300), threshold=IN_2024, reference=Trip(NEAR, 70))
    assert (found.answer, found.at_most) == (Answer.YES, 70)
    found = transport(PENSIONER, Trip(NEAR, 60), threshold=IN_2024, reference=Trip(LONG, 300))
    assert (found.answer, found.at_most) == (Answer.YES, 60)


def test_and_both_trips_must_cost_more_than_the_threshold() -> None:
    dear, cheap = Trip(LONG, 300), Trip(NEAR, 48)
    assert transport(PENSIONER, dear, threshold=IN_2024, reference=cheap).why is Why.REFERENCE_TOO_CHEAP
    assert transport(PENSIONER, cheap, threshold=IN_2024, reference=dear).why is Why.TOO_CHEAP


def test_a_long_way_that_was_chosen_freely_is_no_ground_by_itself() -> None:
    found = transport(NEITHER, Trip(LONG, 300), threshold=IN_2024, reference=Trip(NEAR, 300))
    assert (found.answer, found.why) == (Answer.NO, Why.REFERENCE_NOT_ENTITLED)


@pytest.mark.parametrize(
    ("traveller", "trip", "threshold", "reference", "why"),
    [
        (Traveller(), Trip(NEAR, 300), IN_2024, None, Why.GROUND_UNKNOWN),
        (NEITHER, Trip(None, 300), IN_2024, None, Why.DISTANCE_UNCERTAIN),
        (PENSIONER, Trip(NEAR, 300), None, None, Why.THRESHOLD_UNKNOWN),
        (PENSIONER, Trip(NEAR), IN_2024, None, Why.COST_UNKNOWN),
        (PENSIONER, Trip(NEAR, 300), IN_2024, Trip(), Why.REFERENCE_UNKNOWN),
        (NEITHER, Trip(LONG, 300), IN_2024, Trip(None, 300), Why.REFERENCE_UNKNOWN),
    ],
)
def test_what_is_not_known_is_asked_for_and_never_guessed(
    traveller: Traveller, trip: Trip, threshold: Threshold | None, reference: Trip | None, why: Why
) -> None:
    found = transport(traveller, trip, threshold=threshold, reference=reference)
    assert (found.answer, found.why, found.at_most) == (Answer.UNSURE, why, None)


def test_a_year_without_amounts_has_the_rule_and_no_amount() -> None:
    found = transport(PENSIONER, Trip(NEAR, 10_000), threshold=None)
    assert (found.answer, found.grounds, found.limit) == (Answer.UNSURE, (Ground.PENSIONER,), None)


MAYBE = st.sampled_from([True, False, None])
TRAVELLERS = st.builds(Traveller, MAYBE, MAYBE)
TRIPS = st.builds(Trip, st.none() | st.floats(0, 150_000), st.none() | st.integers(0, 400))


@given(TRAVELLERS, TRIPS, st.sampled_from([None, IN_2024]), TRIPS)
def test_the_free_choice_never_pays_more_and_an_answer_is_final(
    traveller: Traveller, trip: Trip, threshold: Threshold | None, reference: Trip
) -> None:
    """Whatever is learnt of what was unknown, a YES or a NO stays: knowing everything, the answer is that one."""
    bound = transport(traveller, trip, threshold=threshold)
    free = transport(traveller, trip, threshold=threshold, reference=reference)
    assert (free.at_most or 0) <= (bound.at_most or 0) or bound.answer is not Answer.YES
    assert not (free.answer is Answer.YES and bound.answer is not Answer.YES)
    for known in (True, False):
        learnt = Traveller(
            known if traveller.pensioner is None else traveller.pensioner,
            known if traveller.unable is None else traveller.unable,
        )
        later = transport(learnt, trip, threshold=threshold, reference=reference)
        assert free.answer is Answer.UNSURE or later.answer is free.answer
