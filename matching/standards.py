"""A municipality publishes its own standard: each change is a version of its own, and none is ever changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from matching.audit import audit
from providers.actors import Actor
from providers.clock import local_date
from providers.database import fetch_value, looking, transaction
from providers.errors import GenvejError
from providers.models import MunicipalityStandard
from providers.words import N_

MOST_DAYS = 60
LONGEST_SECTION = 3000

_NEXT = """
SELECT coalesce(max(revision), 0) + 1 FROM municipality_standard WHERE municipality_id = $1 AND valid_from = $2
"""
# Plans that come in refer to the municipality meanwhile, which this lock does not hinder.
_LOCK = "SELECT official_name FROM municipality WHERE code = $1 FOR NO KEY UPDATE"


class StandardChanged(GenvejError):
    code: ClassVar[str] = "standard_changed"
    message: ClassVar[str] = N_(
        "En kollega har offentliggjort en ny udgave, siden du åbnede siden. Se den i listen, og offentliggør igen, "
        "hvis din skal gælde i stedet."
    )
    constraint: ClassVar[str | None] = "municipality_standard_once"


class DaysOutOfRange(GenvejError):
    code: ClassVar[str] = "days_out_of_range"
    message: ClassVar[str] = N_("Skriv et antal dage fra 1 til 60.")


class BeginsInThePast(GenvejError):
    code: ClassVar[str] = "begins_in_the_past"
    message: ClassVar[str] = N_("Standarden kan gælde fra i dag eller en senere dag.")


@dataclass(frozen=True, slots=True)
class StandardDraft:
    """`sections`: the municipality's own words by section; one that is left out is said by the common template."""

    valid_from: date
    contact_days: int
    start_days: int
    unit: str | None = None
    phone: str | None = None
    email: str | None = None
    web: str | None = None
    sections: Mapping[str, str] = field(default_factory=dict)

    def as_version(self, municipality: str, author: str, revision: int = 1) -> MunicipalityStandard:
        """The row that it would be."""
        return MunicipalityStandard(
            municipality_id=municipality,
            valid_from=self.valid_from,
            revision=revision,
            author=author,
            contact_days=self.contact_days,
            start_days=self.start_days,
            unit=self.unit,
            phone=self.phone,
            email=self.email,
            web=self.web,
            sections=dict(self.sections),
        )


def check_standard(draft: StandardDraft, today: date) -> dict[str, GenvejError]:
    """What is wrong, by field of the draft."""
    errors: dict[str, GenvejError] = {}
    for name in ("contact_days", "start_days"):
        if not 1 <= getattr(draft, name) <= MOST_DAYS:
            errors[name] = DaysOutOfRange()
    if draft.valid_from < today:
        errors["valid_from"] = BeginsInThePast()
    return errors


async def publish_standard(draft: StandardDraft, *, actor: Actor, now: datetime, newest: int) -> None:
    """Add a version for the actor's municipality. `newest` is the number of the newest that the actor has seen.

    The draft has been checked. Raises StandardChanged.
    """
    municipality = actor.scope.municipality or ""
    async with transaction(actor.scope):
        # Two who publish at once wait for each other here, so that the second sees the first one's version.
        author: str = await fetch_value(_LOCK, municipality)
        if await newest_version(municipality) != newest:
            raise StandardChanged
        revision = await fetch_value(_NEXT, municipality, draft.valid_from)
        await draft.as_version(municipality, author, revision).save()
        await audit("standard_published", actor=actor, now=now, purpose="standard")


async def newest_version(municipality: str) -> int:
    """The number of the version that was published last; 0 before the first."""
    query = "SELECT coalesce(max(id), 0) FROM municipality_standard WHERE municipality_id = $1"
    return int(await fetch_value(query, municipality))


async def versions_of(actor: Actor, now: datetime) -> tuple[list[MunicipalityStandard], MunicipalityStandard | None]:
    """Every version of the actor's municipality, those that begin last first, and the one in force today."""
    municipality = actor.scope.municipality or ""
    async with looking(actor.scope):
        versions = await MunicipalityStandard.filter(municipality_id=municipality).order_by("-valid_from", "-revision")
    in_force = next((version for version in versions if version.valid_from <= local_date(now)), None)
    return versions, in_force
