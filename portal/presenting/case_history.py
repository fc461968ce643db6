"""What has happened to a case, as the municipality's staff read it: when, what, by whom, and whether it was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from matching.casework.history import Happened
from matching.course.notes import open_note
from matching.course_codes import CANNOT_RECEIVE_WORDS, CannotReceive
from matching.informing import Item
from matching.models import ReportState
from matching.national_codes import STOP_REASON_CODES
from matching.states import StopReason
from portal.language import Language
from portal.presenting import dates
from portal.presenting.facts_changed import Names, facts_changed
from portal.presenting.informing import HOW_WORDS, ITEM_WORDS
from portal.presenting.look_up_words import ACTION_WORDS
from portal.presenting.report_lines import STATE_WORDS
from portal.presenting.tables import Head, Tag
from providers.vault import Vault
from providers.words import N_

_NO_NAMES: Names = MappingProxyType({})

_WHO: Mapping[str, str] = MappingProxyType(
    {
        "caseworker": N_("Kommunen"),
        "provider": N_("Stedet"),
        "system": N_("Genvej"),
        "citizen_helper": N_("En, der hjælper borgeren"),
    }
)
"""Roles without an account; every citizen's own begins with `citizen`."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """`what` begins with the event; `detail` may be empty. `is_new` = it was not there when the page was opened."""

    number: int
    at: str
    when: str
    what: str
    detail: str
    by: str
    report: Tag | None
    is_new: bool


def history_heads(spoken: Language) -> list[Head]:
    """The columns."""
    return [Head(spoken.say(label)) for label in (N_("Tid"), N_("Ændring"), N_("Af"), N_("Rapport"))]


def history_lines(
    happened: Sequence[Happened],
    spoken: Language,
    *,
    seen: int | None = None,
    vault: Vault | None = None,
    names: Names = _NO_NAMES,
) -> list[HistoryLine]:
    """Newest first; with `seen`, those after that event are marked as new. Without the vault, notes stay sealed.

    `names` are what the values of changed facts are called.
    """
    return [_line(one, seen is not None and one.sequence > seen, vault, names, spoken) for one in happened]


def lines_elsewhere(
    happened: Sequence[tuple[str, Happened]], spoken: Language, *, vault: Vault | None, names: Names
) -> list[HistoryLine]:
    """The same of what happened at other municipalities, which stand beside who did it."""
    lines = [(municipality, _line(one, False, vault, names, spoken)) for municipality, one in happened]
    return [replace(line, by=", ".join(filter(None, (line.by, municipality)))) for municipality, line in lines]


def _line(one: Happened, is_new: bool, vault: Vault | None, names: Names, spoken: Language) -> HistoryLine:
    return HistoryLine(
        number=one.sequence,
        at=one.at.isoformat(timespec="minutes"),
        when=f"{dates.day_and_month(one.at, spoken)} {dates.clock(one.at, spoken)}",
        what=spoken.say(ACTION_WORDS.get(one.kind, one.kind)),
        detail=". ".join(dates.first_letter_up(part) for part in _details(one, vault, names, spoken) if part),
        by=_who(one, spoken),
        report=_report(one.report, spoken),
        is_new=is_new,
    )


def _details(one: Happened, vault: Vault | None, names: Names, spoken: Language) -> tuple[str, ...]:
    note = open_note(one.note, vault) if one.note and vault else ""
    return (
        _place(one, spoken),
        _reason(one.reason, spoken),
        facts_changed(one.changes, names, spoken),
        _told(one, spoken),
        note,
    )


def _place(one: Happened, spoken: Language) -> str:
    return f"{dates.start(one.starts_at, spoken, year=False)}, {one.place}" if one.starts_at else ""


def _reason(reason: str | None, spoken: Language) -> str:
    """As KL's code system spells it, no sentence of ours; or why a clinic cannot receive somebody."""
    if reason in set(CannotReceive):
        return spoken.say(CANNOT_RECEIVE_WORDS[CannotReceive(reason)])
    return STOP_REASON_CODES[StopReason(reason)].display if reason in set(StopReason) else ""


def _told(one: Happened, spoken: Language) -> str:
    """`Telefon: niveau, transport`: how the citizen was told of what."""
    how, items = one.changes.get("told_by", []), one.changes.get("told", [])
    if not how or not items:
        return ""
    said = [spoken.say(ITEM_WORDS[Item(item)]).lower() for item in items if item in set(Item)]
    return f"{spoken.say(HOW_WORDS.get(how[0] or '', ''))}: {', '.join(said)}"


def _who(one: Happened, spoken: Language) -> str:
    if one.name:
        return one.name
    role = one.actor.partition(":")[0]
    citizen = N_("Borgeren") if role.startswith("citizen") else ""
    return spoken.say(_WHO.get(role, citizen))


def _report(state: ReportState | None, spoken: Language) -> Tag | None:
    if state is None:
        return None
    words, kind = STATE_WORDS[state]
    return Tag(spoken.say(words), kind)
