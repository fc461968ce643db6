"""What must hold of the rights whatever the facts are."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from matching.rights import (
    Basis,
    Level,
    PlanFacts,
    PlanType,
    Reason,
    guarantee_deadline,
    offer_kept,
    rights,
    start_basis,
)

DAYS = st.dates(date(2026, 10, 1), date(2027, 2, 1))


@st.composite
def plan_facts(draw: st.DrawFn) -> PlanFacts:
    offer_recorded_on = draw(st.none() | DAYS)
    return PlanFacts(
        plan_type=draw(st.sampled_from(PlanType)),
        level=draw(st.none() | st.sampled_from(Level)),
        package=draw(st.sampled_from([None, "01-kirurgisk"])),
        discharge_date=draw(DAYS),
        earliest_start=draw(st.none() | DAYS),
        offer_date=draw(DAYS) if offer_recorded_on else None,
        offer_recorded_on=offer_recorded_on,
        cannot_offer_recorded_on=draw(st.none() | DAYS),
        handed_to_municipality=draw(st.booleans()),
        open=draw(st.booleans()),
    )


def choosable(facts: PlanFacts) -> PlanFacts:
    """The same dates in a plan whose private choice can arise."""
    return replace(facts, plan_type=PlanType.GENERAL, handed_to_municipality=False, open=True)


@given(plan_facts())
def test_the_deadline_is_never_before_its_basis(facts: PlanFacts) -> None:
    assert facts.discharge_date <= start_basis(facts) < guarantee_deadline(facts)
    assert guarantee_deadline(facts) - start_basis(facts) == timedelta(days=7)


@given(plan_facts(), DAYS)
def test_the_private_choice_is_only_for_general_plans(facts: PlanFacts, today: date) -> None:
    assume(facts.plan_type is not PlanType.GENERAL)
    found = rights(facts, today)
    assert found.open_bases == frozenset()
    assert (found.choice_arisen_on, found.extended_opens_on) == (None, None)


@given(plan_facts(), DAYS)
def test_an_offer_in_time_never_opens_it(facts: PlanFacts, today: date) -> None:
    assume(offer_kept(facts))
    found = rights(facts, today)
    assert Basis.EXTENDED not in found.open_bases
    assert (found.choice_arisen_on, found.extended_opens_on) == (None, None)


@given(plan_facts(), DAYS, st.integers(0, 60))
def test_a_later_offer_never_takes_the_choice_away(facts: PlanFacts, today: date, days: int) -> None:
    assume(facts.offer_date is not None)
    facts = choosable(facts)
    assert facts.offer_date is not None
    later = replace(facts, offer_date=facts.offer_date + timedelta(days=days))
    assert rights(facts, today).open_bases <= rights(later, today).open_bases


@given(plan_facts(), DAYS, st.integers(0, 60))
def test_time_alone_never_takes_a_door_away(facts: PlanFacts, today: date, days: int) -> None:
    now, later = rights(facts, today), rights(facts, today + timedelta(days=days))
    assert now.open_bases <= later.open_bases
    assert now.choice_arisen_on in (None, later.choice_arisen_on)
    assert now.extended_opens_on == later.extended_opens_on
    assert now.days_left - later.days_left == days


@given(plan_facts(), DAYS, st.sampled_from(Level))
def test_a_missing_level_or_package_never_kills_it(facts: PlanFacts, today: date, level: Level) -> None:
    undecided = rights(replace(facts, level=None, package=None), today)
    decided = rights(replace(facts, level=level, package="06-medicinsk"), today)
    assert undecided.choice_arisen_on == decided.choice_arisen_on
    assert undecided.extended_opens_on == decided.extended_opens_on
    assert not undecided.choice_exercisable
    assert decided.choice_exercisable == (decided.choice_arisen_on is not None)


@given(plan_facts(), st.integers(1, 400))
def test_without_an_offer_in_time_it_has_always_arisen_after_the_deadline(facts: PlanFacts, days: int) -> None:
    facts = choosable(facts)
    if offer_kept(facts):
        facts = replace(facts, offer_date=None, offer_recorded_on=None)
    found = rights(facts, guarantee_deadline(facts) + timedelta(days=days))
    assert found.choice_arisen_on is not None
    assert found.choice_arisen_on <= guarantee_deadline(facts) + timedelta(days=1)


@given(plan_facts(), DAYS)
def test_the_answers_agree_with_each_other(facts: PlanFacts, today: date) -> None:
    found = rights(facts, today)
    private = found.doors[3]
    assert tuple(door.basis for door in found.doors) == tuple(Basis)
    assert found.choice_exercisable == private.open == (Basis.EXTENDED in found.open_bases)
    assert private.opens_on == found.extended_opens_on
    assert (private.reason is Reason.OPENS_LATER) == (
        found.extended_opens_on is not None and found.choice_arisen_on is None
    )
    if found.choice_arisen_on is not None:
        assert found.choice_arisen_on <= today
        assert found.choice_arisen_on == found.extended_opens_on


@given(plan_facts(), DAYS)
def test_recomputing_changes_nothing(facts: PlanFacts, today: date) -> None:
    assert rights(facts, today) == rights(replace(facts), today)
