"""What a formatted report is made of: the stored report's own facts, and the people and organisations around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict

from matching.course_codes import CannotReceive, Intervention
from matching.plan_facts import Basis, Level, PlanType
from matching.states import BookingState, PlanState
from providers.errors import GenvejError
from providers.models import SlotMode
from providers.words import N_


class NotReportable(GenvejError):
    """`details["what"]` is what the recipient's format demands and nobody has entered."""

    code: ClassVar[str] = "not_reportable"
    message: ClassVar[str] = N_("Rapporten kan ikke skrives, før dette er udfyldt: %(what)s.")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A sender, a receiver or a provider; `sor` and `gln` are digits only."""

    name: str
    sor: str | None = None
    gln: str | None = None

    def needed(self, number: str) -> str:
        """The number that a format cannot do without, `sor` or `gln`; raises NotReportable."""
        value: str | None = getattr(self, number)
        if not value:
            raise NotReportable(what=f"{number.upper()} – {self.name}")
        return value


NOBODY = Organisation("")
"""Somebody without a name or a number."""


@dataclass(frozen=True, slots=True)
class Person:
    """The citizen, as far as a format asks."""

    cpr: str
    name: str
    protected: bool = False


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Party(_Fact):
    """A provider as the report names it."""

    name: str
    cvr: str
    sor: str | None


class Contact(_Fact):
    """A first contact, agreed on or not any more; `first_contact` with its offset."""

    id: UUID
    state: BookingState
    basis: Basis
    first_contact: datetime
    minutes: int
    mode: SlotMode
    provider: Party


class Place(_Fact):
    name: str
    address: str


class Booked(Contact):
    """The contact that the event is about, and the one whose place it took."""

    site: Place
    replaced: Contact | None = None


class Held(_Fact):
    """A contact after the first one, as it was carried out."""

    starts_at: datetime
    minutes: int
    mode: SlotMode
    intervention: Intervention


class National(_Fact):
    """A code of KL's CareSocialCodes with its display."""

    code: str
    display: str


class Facts(_Fact):
    """A stored report's body, read again. Its JSON is what a webhook receives."""

    message_id: UUID
    case_reference: str
    sequence: int
    event: str
    event_time: datetime
    plan_type: PlanType
    plan_state: PlanState
    level: Level | None
    package: str | None
    received_on: date
    discharge_date: date
    offer_date: date | None
    guarantee_date: date
    status_reason: National | None = None
    stop_reason: National | None = None
    clinic_reason: CannotReceive | None = None
    contact: Held | None = None
    booking: Booked | None = None

    @property
    def contacts(self) -> list[Contact]:
        """The contact that the event is about, after the one that it took the place of."""
        return [one for one in (self.booking and self.booking.replaced, self.booking) if one is not None]

    def with_numbers(self, sor: Mapping[str, str]) -> "Facts":
        """With the providers' SOR numbers by their CVR numbers; one that is not among them stays as it was."""
        if self.booking is None:
            return self
        replaced = self.booking.replaced
        booking = self.booking.model_copy(
            update={
                "provider": _numbered(self.booking.provider, sor),
                "replaced": replaced and replaced.model_copy(update={"provider": _numbered(replaced.provider, sor)}),
            }
        )
        return self.model_copy(update={"booking": booking})


def _numbered(party: Party, sor: Mapping[str, str]) -> Party:
    return party.model_copy(update={"sor": sor.get(party.cvr, party.sor)})


def read_facts(body: bytes) -> Facts:
    """The facts of a stored report's JSON; raises pydantic's ValidationError."""
    return Facts.model_validate_json(body)


def written(resource: dict[str, Any]) -> bytes:
    """The bytes that leave: what has no value is left out, for FHIR knows no null."""
    return orjson.dumps(_without_empty(resource))


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item is not None and item != []}
    if isinstance(value, list):
        return [_without_empty(item) for item in value if item is not None]
    return value
