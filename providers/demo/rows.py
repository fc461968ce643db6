"""The rows that are copied into the tables, in the order of their columns."""

from datetime import date, datetime
from typing import NamedTuple

from providers.models import AgreementBasis, ApprovalState, PractitionerRole, ProviderKind, SlotMode


class ProviderRow(NamedTuple):
    id: int
    name: str
    kind: ProviderKind
    municipality_id: str | None
    cvr: str
    sor: str
    gln: str


class AgreementRow(NamedTuple):
    provider_id: int
    basis: AgreementBasis
    municipality_id: str | None
    valid_from: date
    valid_to: date | None


class SiteRow(NamedTuple):
    id: int
    provider_id: int
    name: str
    street: str
    postal_code_id: str
    longitude: float
    latitude: float
    phone: str
    web: str
    notice_email: str
    step_free: bool
    lift: bool
    accessible_toilet: bool
    parking: bool
    languages: list[str]
    capacity_confirmed_at: datetime


class PractitionerRow(NamedTuple):
    site_id: int
    name: str
    profession: str
    role: PractitionerRole
    authorisation_id: str | None
    checked_at: datetime | None
    withdrawn_at: datetime | None


class ApprovalRow(NamedTuple):
    site_id: int
    package_level_id: int
    state: ApprovalState
    valid_from: date
    valid_to: date | None
    decided_by: str | None
    decided_at: datetime | None


class SlotRow(NamedTuple):
    site_id: int
    starts_at: datetime
    minutes: int
    mode: SlotMode
    seats: int
    blocked_seats: int
    package_levels: list[int] | None
