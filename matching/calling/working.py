"""The provider's list of people to ring, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson

from matching.audit import audit
from matching.calling.errors import CallUnknown
from matching.calling.weeks import WITHOUT_HOUR
from matching.models import CallOutcome
from providers.actors import Actor
from providers.database import fetch, fetch_value, looking, transaction
from providers.scope import Scope
from providers.vault import Vault

_OPEN = "FROM call_back c JOIN site s ON s.id = c.site_id WHERE c.done_at IS NULL AND s.provider_id = $1"
_WAITING = f"""
SELECT c.id, c.plan_id, c.site_id, s.name AS site_name, c.asked_at, c.due_on, c.person
{_OPEN}
ORDER BY c.due_on, c.asked_at, c.id
"""
_COUNT = f"SELECT (SELECT count(*) {_OPEN}) + (SELECT count(*) {WITHOUT_HOUR})"
_CLOSE = """
UPDATE call_back c SET outcome = $3, done_at = $4, done_by = $5, person = '' FROM site s
WHERE c.id = $1 AND s.id = c.site_id AND s.provider_id = $2 AND c.done_at IS NULL RETURNING c.plan_id
"""


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """Whom to ring, and by which local day at the latest. `phone` is international: `+45` and eight digits."""

    id: int
    plan_id: int
    site_id: int
    site_name: str
    asked_at: datetime
    due_on: date
    name: str
    phone: str


async def calls_waiting(provider_id: int, *, vault: Vault) -> Sequence[WaitingCall]:
    """At all of the provider's sites; the caller's page writes to the look-up log."""
    async with looking(Scope(provider=provider_id)):
        rows = await fetch(_WAITING, provider_id)
    return [_call(dict(row), vault) for row in rows]


async def count_waiting(provider_id: int) -> int:
    """How many the provider still has to ring, for whatever reason."""
    async with looking(Scope(provider=provider_id)):
        return int(await fetch_value(_COUNT, provider_id))


async def close_call(call_id: int, provider_id: int, outcome: CallOutcome, *, actor: Actor, now: datetime) -> None:
    """Whoever was rung, or could not be reached, is on the list no more, and forgotten there. Raises CallUnknown."""
    async with transaction(Scope(provider=provider_id)):
        plan_id = await fetch_value(_CLOSE, call_id, provider_id, outcome.value, now, str(actor))
        if plan_id is None:
            raise CallUnknown
        await audit("call_made", actor=actor, now=now, purpose="treatment", plan_id=plan_id)


def _call(row: dict[str, object], vault: Vault) -> WaitingCall:
    person = orjson.loads(vault.open(row.pop("person")))  # type: ignore[arg-type]
    return WaitingCall(**row, **person)  # type: ignore[arg-type]
