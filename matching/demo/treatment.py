"""What an invented clinic writes down between the first contact and the end of a course."""

from datetime import date, timedelta

from matching.course_codes import Intervention
from matching.demo.draft import CLINIC, Draft
from matching.models import Booking
from providers.clock import start_of_day
from providers.demo.logins import MUNICIPALITY
from providers.models import SlotMode

_WEEK, _NINE = timedelta(days=7), timedelta(hours=9)


def hold_contacts(draft: Draft, booking: Booking, first: date) -> None:
    """One each week after the first contact, until yesterday."""
    day = first
    while (day := day + _WEEK) < draft.today:
        facts = {
            "starts_at": (start_of_day(day) + _NINE).isoformat(),
            "minutes": "45",
            "mode": SlotMode.INDIVIDUAL.value,
            "intervention": Intervention.PHYSICAL.value,
        }
        event = draft.happen("contact_held", day, CLINIC, booking)
        event.changes = {name: [None, fact] for name, fact in facts.items()}


def often_at_the_demos(draft: Draft) -> None:
    """Every other case is one of the municipality whose staff the demo has, so that there is something to settle."""
    if draft.number % 2:
        draft.plan.municipality_id = MUNICIPALITY
