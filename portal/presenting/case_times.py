"""Times that the municipality can offer, as lines to choose from."""

from collections.abc import Sequence
from datetime import date

from matching.casework.sites import HomeTime
from matching.plan_facts import Basis
from portal.language import Language
from portal.presenting import dates
from portal.presenting.forms import Option, options
from portal.presenting.words import MODE_WORDS
from providers.models import SlotMode


def time_options(times: Sequence[HomeTime], deadline: date, chosen: str, spoken: Language) -> list[Option]:
    """Each with its place, and how it stands against the guarantee."""
    return options({str(time.slot_id): _label(time, deadline, spoken) for time in times}, chosen)


def _label(time: HomeTime, deadline: date, spoken: Language) -> str:
    when = dates.first_letter_up(dates.start(time.starts_at, spoken, year=False))
    supplier = spoken.say("leverandør med aftale") if time.basis is Basis.CONTRACT else ""
    form = spoken.say(MODE_WORDS[SlotMode(time.mode)]) if time.mode != SlotMode.HOME else spoken.say("Hjemme")
    parts = (when, time.site_name, supplier, form, dates.against_deadline(time.starts_at, deadline, spoken))
    return ", ".join(part for part in parts if part)
