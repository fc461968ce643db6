"""Facts of reports for tests of their formats: one made by hand, and any that a case can come to."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from matching.course_codes import CannotReceive, Intervention
from matching.national_codes import NO_ACTIVITY_CODES, STOP_REASON_CODES
from matching.plan_facts import Basis, Level, PlanType
from matching.reports.formats.carecommunication import Author, Sender
from matching.reports.formats.facts import Facts, Organisation, Person
from matching.states import BookingState, PlanState
from providers.models import SlotMode

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
HOME = Organisation("Prøvekommune", "999900000001001", "5790000000005")
OURS = Organisation("Genvej (prøve)", "999900000001002", "5790000000012")
SENDER = Sender(OURS, Author("Genvej", "Portalen", "Automatisk besked", "00000000"))
PERSON = Person("3112759999", "Prøve Prøvesen")
PROVIDER = {"name": "Prøveklinikken", "cvr": "90000006", "sor": "999900000001003"}
ELSEWHERE = {"name": "Den anden prøveklinik", "cvr": "90000014", "sor": "999900000001004"}


def a_contact(**changed: Any) -> dict[str, Any]:
    """A confirmed first contact on 28 May 2022, in the middle of the day."""
    return {
        "id": "6f1d6c1e-7c9f-4c3e-8f0a-3d1c5f2b7a01",
        "state": "confirmed",
        "basis": "own",
        "first_contact": "2022-05-28T10:00:00+02:00",
        "minutes": 45,
        "mode": "individual",
        "provider": PROVIDER,
        "site": {"name": "Prøvestedet", "address": "Prøvevej 1, 8000 Aarhus C"},
    } | changed


def some_facts(**changed: Any) -> Facts:
    """KL's published example: received 23 May 2022, discharge the 24th, first contact offered on the 28th."""
    return Facts.model_validate(
        {
            "message_id": UUID(int=7, version=4),
            "case_reference": "G-1",
            "sequence": 1,
            "event": "booked",
            "event_time": NOW,
            "plan_type": PlanType.GENERAL,
            "plan_state": PlanState.BOOKED,
            "level": Level.BASIC,
            "package": "01-surgical",
            "received_on": date(2022, 5, 23),
            "discharge_date": date(2022, 5, 24),
            "offer_date": date(2022, 5, 28),
            "guarantee_date": date(2022, 5, 31),
            "booking": a_contact(),
        }
        | changed
    )


def _coded(codes: Any) -> st.SearchStrategy[dict[str, str] | None]:
    return st.none() | st.sampled_from([{"code": one.code, "display": one.display} for one in codes.values()])


_contacts = st.builds(
    a_contact,
    id=st.uuids(version=4),
    state=st.sampled_from(BookingState),
    basis=st.sampled_from(Basis),
    mode=st.sampled_from(SlotMode),
    minutes=st.integers(15, 120),
    provider=st.sampled_from([PROVIDER, ELSEWHERE]),
)

_held = st.fixed_dictionaries(
    {
        "starts_at": st.just("2022-06-03T09:00:00+02:00"),
        "minutes": st.integers(15, 120),
        "mode": st.sampled_from(SlotMode),
        "intervention": st.sampled_from(Intervention),
    }
)

any_facts = st.builds(
    some_facts,
    message_id=st.uuids(version=4),
    plan_type=st.just(PlanType.GENERAL),
    plan_state=st.sampled_from(PlanState),
    level=st.none() | st.sampled_from(Level),
    offer_date=st.none() | st.just(date(2022, 5, 28)),
    status_reason=_coded(NO_ACTIVITY_CODES),
    stop_reason=_coded(STOP_REASON_CODES),
    clinic_reason=st.none() | st.sampled_from(CannotReceive),
    contact=st.none() | _held,
    booking=st.none() | st.builds(lambda new, old: new | {"replaced": old}, _contacts, st.none() | _contacts),
)
