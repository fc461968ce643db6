"""A booking with its time and place, as the citizen must know it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from matching.booking.errors import BookingUnknown
from matching.plan_facts import Basis
from matching.states import BookingState
from providers.database import fetch_one, looking
from providers.models import ProviderKind
from providers.scope import Scope

_QUERY = """
SELECT b.id, b.state, b.basis, b.version, t.id AS slot_id, t.starts_at, t.minutes, t.mode,
       s.id AS site_id, s.name AS site_name, s.street, s.postal_code_id AS postal_code, z.name AS postal_name,
       s.longitude, s.latitude, s.phone, s.web, p.name AS provider_name, p.kind AS provider_kind
FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
JOIN postal_code z ON z.code = s.postal_code_id JOIN provider p ON p.id = s.provider_id
WHERE b.plan_id = $1 AND b.id = $2
"""


@dataclass(frozen=True, slots=True)
class Booked:
    """`version` grows with every change of the booking; `minutes` is the length of the first contact."""

    id: UUID
    state: BookingState
    basis: Basis
    version: int
    slot_id: int
    starts_at: datetime
    minutes: int
    mode: str
    site_id: int
    site_name: str
    street: str
    postal_code: str
    postal_name: str
    longitude: float
    latitude: float
    phone: str | None
    web: str | None
    provider_name: str
    provider_kind: ProviderKind


async def read_booking(plan_id: int, booking_id: UUID) -> Booked:
    """One of the plan's own bookings, whatever its state; raises BookingUnknown for every other one."""
    async with looking(Scope(plan=plan_id)):
        found = await fetch_one(_QUERY, plan_id, booking_id)
    if found is None:
        raise BookingUnknown
    kinds = {
        # asyncpg answers a UUID class of its own, which not every reader takes for one.
        "id": UUID(bytes=found["id"].bytes),
        "state": BookingState(found["state"]),
        "basis": Basis(found["basis"]),
        "provider_kind": ProviderKind(found["provider_kind"]),
    }
    return Booked(**{**found, **kinds})
