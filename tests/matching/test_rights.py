"""The clock and the doors, case by case; the vectors are the published examples of § 140 stk. 4."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matching.rights import (
    Basis,
    Door,
    Level,
    PlanFacts,
    PlanType,
    Reason,
    guarantee_deadline,
    offer_kept,
    rights,
    start_basis,
)

GENERAL = PlanFacts(
    plan_type=PlanType.GENERAL,
    level=Level.BASIC,
    package="01-kirurgisk",
    discharge_date=date(2026, 11, 10),
    earliest_start=None,
    offer_date=None,
    offer_recorded_on=None,
    cannot_offer_recorded_on=None,
    handed_to_municipality=False,
)
DEADLINE = date(2026, 11, 17)
STANDING = frozenset({Basis.OWN, Basis.CONTRACT, Basis.OTHER_MUNICIPALITY})


def offered(offer: date, recorded: date, facts: PlanFacts = GENERAL) -> PlanFacts:
    return replace(facts, offer_date=offer, offer_recorded_on=recorded)


def extended(facts: PlanFacts, today: date) -> Door:
    return rights(facts, today).doors[3]


@pytest.mark.parametrize(
    ("discharge", "earliest", "deadline"),
    [
        (date(2026, 11, 10), None, date(2026, 11, 17)),
        (date(2026, 12, 20), None, date(2026, 12, 27)),
        (date(2026, 11, 10), date(2026, 12, 1), date(2026, 12, 8)),
        (date(2026, 11, 10), date(2026, 11, 3), date(2026, 11, 17)),
        (date(2022, 5, 24), None, date(2022, 5, 31)),
        (date(2026, 10, 24), None, date(2026, 10, 31)),
        (date(2024, 2, 26), None, date(2024, 3, 4)),
    ],
)
def test_the_deadline_is_seven_calendar_days_after_the_basis(
    discharge: date, earliest: date | None, deadline: date
) -> None:
    facts = replace(GENERAL, discharge_date=discharge, earliest_start=earliest)
    assert guarantee_deadline(facts) == deadline
    assert start_basis(facts) == deadline - timedelta(days=7)


@pytest.mark.parametrize(
    ("discharge", "offer", "kept"),
    [
        (date(2026, 11, 10), date(2026, 11, 17), True),
        (date(2026, 11, 10), date(2026, 11, 18), False),
        (date(2022, 5, 24), date(2022, 5, 28), True),
    ],
)
def test_the_offered_date_decides(discharge: date, offer: date, kept: bool) -> None:
    facts = offered(offer, discharge, replace(GENERAL, discharge_date=discharge))
    assert offer_kept(facts) is kept
    assert (extended(facts, discharge + timedelta(days=30)).open) is not kept


def test_before_the_deadline_only_the_private_door_waits() -> None:
    found = rights(GENERAL, date(2026, 11, 12))
    assert found.open_bases == STANDING
    assert [door.basis for door in found.doors] == [
        Basis.OWN,
        Basis.CONTRACT,
        Basis.OTHER_MUNICIPALITY,
        Basis.EXTENDED,
    ]
    assert [door.reason for door in found.doors] == [
        Reason.ALWAYS_OPEN,
        Reason.ALWAYS_OPEN,
        Reason.GUARANTEE_FALLS_AWAY,
        Reason.OPENS_LATER,
    ]
    assert found.days_left == 5
    assert found.offer_kept is None
    assert found.choice_arisen_on is None
    assert found.extended_opens_on == found.doors[3].opens_on == date(2026, 11, 18)


def test_a_deadline_that_passes_opens_on_the_day_after() -> None:
    assert not extended(GENERAL, DEADLINE).open
    found = rights(GENERAL, date(2026, 11, 18))
    assert found.doors[3] == Door(Basis.EXTENDED, True, Reason.DEADLINE_PASSED, date(2026, 11, 18))
    assert found.choice_arisen_on == date(2026, 11, 18)
    assert found.choice_exercisable
    assert found.days_left == -1
    assert found.open_bases == frozenset(Basis)


def test_cannot_offer_opens_on_the_day_it_is_recorded() -> None:
    facts = replace(GENERAL, cannot_offer_recorded_on=date(2026, 11, 12))
    assert extended(facts, date(2026, 11, 11)).reason is Reason.OPENS_LATER
    assert extended(facts, date(2026, 11, 12)) == Door(Basis.EXTENDED, True, Reason.CANNOT_OFFER, date(2026, 11, 12))


def test_an_offer_after_the_deadline_opens_at_once() -> None:
    facts = offered(date(2026, 11, 20), date(2026, 11, 13))
    assert not extended(facts, date(2026, 11, 12)).open
    assert extended(facts, date(2026, 11, 13)) == Door(
        Basis.EXTENDED, True, Reason.OFFERED_TOO_LATE, date(2026, 11, 13)
    )


def test_the_earliest_way_counts() -> None:
    late_in_both = offered(date(2026, 11, 25), date(2026, 11, 22))
    assert rights(late_in_both, date(2026, 11, 30)).choice_arisen_on == date(2026, 11, 18)
    said_so_first = replace(late_in_both, cannot_offer_recorded_on=date(2026, 11, 11))
    assert rights(said_so_first, date(2026, 11, 30)).choice_arisen_on == date(2026, 11, 11)
    said_so_last = replace(late_in_both, cannot_offer_recorded_on=date(2026, 11, 29))
    assert extended(said_so_last, date(2026, 11, 30)).reason is Reason.DEADLINE_PASSED


def test_an_offer_in_time_closes_even_when_written_down_late() -> None:
    facts = offered(DEADLINE, date(2026, 11, 19), replace(GENERAL, cannot_offer_recorded_on=date(2026, 11, 11)))
    found = rights(facts, date(2026, 12, 24))
    assert found.doors[3] == Door(Basis.EXTENDED, False, Reason.OFFERED_IN_TIME)
    assert found.choice_arisen_on is None
    assert found.extended_opens_on is None


@pytest.mark.parametrize(
    ("level", "package", "reason"),
    [
        (None, "01-kirurgisk", Reason.LEVEL_MISSING),
        (Level.ADVANCED, None, Reason.PACKAGE_MISSING),
        (None, None, Reason.LEVEL_MISSING),
    ],
)
def test_an_undecided_plan_has_the_right_but_cannot_use_it(
    level: Level | None, package: str | None, reason: Reason
) -> None:
    found = rights(replace(GENERAL, level=level, package=package), date(2026, 11, 20))
    assert found.choice_arisen_on == date(2026, 11, 18)
    assert not found.choice_exercisable
    assert found.doors[3] == Door(Basis.EXTENDED, False, reason, date(2026, 11, 18))
    assert found.open_bases == STANDING


def test_the_undecided_plan_still_waits_for_the_clock_first() -> None:
    assert extended(replace(GENERAL, level=None), date(2026, 11, 12)).reason is Reason.OPENS_LATER


def test_a_plan_handed_to_another_municipality_has_no_private_choice() -> None:
    found = rights(replace(GENERAL, handed_to_municipality=True), date(2026, 12, 24))
    assert found.doors[3] == Door(Basis.EXTENDED, False, Reason.HANDED_TO_MUNICIPALITY)
    assert found.open_bases == STANDING
    assert found.choice_arisen_on is None


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (replace(GENERAL, plan_type=PlanType.SPECIALISED, level=None), Reason.SPECIALISED),
        (
            replace(GENERAL, plan_type=PlanType.SPECIALISED_REHABILITATION, level=None),
            Reason.SPECIALISED_REHABILITATION,
        ),
        (replace(GENERAL, open=False), Reason.PLAN_CLOSED),
    ],
)
def test_every_door_is_closed_with_the_reason(facts: PlanFacts, reason: Reason) -> None:
    found = rights(facts, date(2026, 12, 24))
    assert found.doors == tuple(Door(basis, False, reason) for basis in Basis)
    assert found.open_bases == frozenset()
    assert found.choice_arisen_on is None
    assert found.extended_opens_on is None


def test_correcting_the_discharge_makes_a_late_offer_timely() -> None:
    late = offered(date(2026, 11, 18), date(2026, 11, 12))
    assert extended(late, date(2026, 11, 12)).open
    corrected = replace(late, discharge_date=date(2026, 11, 11))
    assert extended(corrected, date(2026, 11, 12)).reason is Reason.OFFERED_IN_TIME


@pytest.mark.parametrize(("offer", "recorded"), [(DEADLINE, None), (None, DEADLINE)])
def test_an_offer_needs_its_recording_date(offer: date | None, recorded: date | None) -> None:
    with pytest.raises(ValueError, match="both its date and the day"):
        replace(GENERAL, offer_date=offer, offer_recorded_on=recorded)
