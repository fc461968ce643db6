"""Whoever has chosen a week is rung up, too: the site agrees day and hour with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matching.calling.asking import due_on
from matching.citizens import open_citizen
from providers.clock import local_date
from providers.database import fetch, looking
from providers.scope import Scope
from providers.vault import Vault

WITHOUT_HOUR = """
FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
WHERE s.provider_id = $1 AND b.state = 'confirmed' AND t.whole_week
"""
"""A provider's bookings `b` in weeks `t` in which no hour has been agreed yet."""

# Another municipality's citizen has a week when it has said yes.
_WAITING = f"""
SELECT b.plan_id, s.name AS site_name, t.starts_at, coalesce((
    SELECT e.at FROM case_event e WHERE e.booking_id = b.id AND e.kind = 'request_accepted'
), b.created_at) AS chosen_at, (SELECT p.citizen FROM plan p WHERE p.id = b.plan_id) AS citizen
{WITHOUT_HOUR}
"""


@dataclass(frozen=True, slots=True)
class WaitingWeek:
    """With whom to agree day and hour, and by which local day at the latest to have rung; some have no `phone`."""

    plan_id: int
    site_name: str
    starts_at: datetime
    chosen_at: datetime
    due_on: date
    name: str
    phone: str | None


def ring_by(chosen_at: datetime, starts_at: datetime, days: int) -> date:
    """So many working days after the choice, as for those who ask to be rung; at the latest in the week itself."""
    return min(due_on(local_date(chosen_at), days), local_date(starts_at))


async def weeks_waiting(provider_id: int, *, days: int, vault: Vault) -> Sequence[WaitingWeek]:
    """At all of the provider's sites, the most urgent first; the caller's page writes to the look-up log."""
    async with looking(Scope(provider=provider_id)):
        rows = await fetch(_WAITING, provider_id)
    return sorted((_week(dict(row), days, vault) for row in rows), key=lambda week: (week.due_on, week.chosen_at))


def _week(row: Mapping[str, Any], days: int, vault: Vault) -> WaitingWeek:
    citizen = open_citizen(row["citizen"], vault)
    return WaitingWeek(
        plan_id=row["plan_id"],
        site_name=row["site_name"],
        starts_at=row["starts_at"],
        chosen_at=row["chosen_at"],
        due_on=ring_by(row["chosen_at"], row["starts_at"], days),
        name=citizen.name,
        phone=citizen.phone,
    )
