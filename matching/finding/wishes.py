"""What somebody wishes beyond what the law asks: of the place, and of the time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from providers.free_kinds import PARTS, free_kinds
from providers.models import ProviderKind, SlotMode


class Fact(StrEnum):
    """What must be so for somebody to get in, and around; a site has a column for each."""

    STEP_FREE = "step_free"
    LIFT = "lift"
    ACCESSIBLE_TOILET = "accessible_toilet"
    PARKING = "parking"


class PartOfDay(StrEnum):
    """When a time begins by the Danish clock: before noon, from noon, or from 16 o'clock."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @property
    def hours(self) -> range:
        return _HOURS[self]


_HOURS = dict(zip(PartOfDay, PARTS, strict=True))


@dataclass(frozen=True, slots=True)
class Wishes:
    """Each is a wish only when something is said; of several modes or parts of the day one is enough.

    `language` is an ISO 639-1 code; `before` the instant before which a time must begin;
    `days` are days of the week, Monday 1 to Sunday 7.
    """

    kind: ProviderKind | None = None
    modes: frozenset[SlotMode] = frozenset()
    facts: frozenset[Fact] = frozenset()
    language: str | None = None
    parts: frozenset[PartOfDay] = frozenset()
    before: datetime | None = None
    days: frozenset[int] = frozenset()

    @property
    def hours(self) -> list[int]:
        """The hours in which a time may begin; empty = any."""
        return [hour for part in PartOfDay if part in self.parts for hour in part.hours]


NO_WISHES = Wishes()


@lru_cache(maxsize=1000)
def wished(wishes: Wishes) -> Mapping[str, object]:
    """By the names that the rules below have for them. Most people wish for nothing, and many for the same."""
    return {
        "kind": wishes.kind,
        "modes": list(wishes.modes),
        "facts": list(wishes.facts),
        "language": wishes.language,
        "hours": wishes.hours,
        "before": wishes.before,
        "days": list(wishes.days),
        "kinds": free_kinds(wishes.modes, wishes.hours, whole_weeks=not (wishes.hours or wishes.days)),
    }


WISHED_SITE = " AND ".join(
    (
        *(f"(s.{fact} OR NOT '{fact}' = ANY ({{facts}}::text[]))" for fact in Fact),
        "({language}::text IS NULL OR {language} = ANY (s.languages))",
        "({kind}::text IS NULL OR {kind} = (SELECT p.kind FROM provider p WHERE p.id = s.provider_id))",
    )
)

WISHED_SLOT = """
t.starts_at < coalesce({before}::timestamptz, 'infinity')
AND ({modes}::text[] = '{{}}' OR t.mode = ANY ({modes}))
AND ({days}::int[] = '{{}}' OR extract(isodow FROM t.starts_at AT TIME ZONE 'Europe/Copenhagen') = ANY ({days}))
AND ({hours}::int[] = '{{}}' OR extract(hour FROM t.starts_at AT TIME ZONE 'Europe/Copenhagen') = ANY ({hours}))
AND ({days} = '{{}}' AND {hours} = '{{}}' OR (t.starts_at AT TIME ZONE 'Europe/Copenhagen')::time <> '23:59')
"""
"""Whoever asks for certain days or hours is not offered a week without any (`providers.weeks`)."""
