"""Everything that is kept about a citizen in one case, for the citizen (GDPR article 15): read, and nothing written.

Who came with the letter's codes has shown less of who they are than who came with MitID: to them the end of the CPR
number, the address and the hospital's text are not given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matching.auditing.own import DayOfLooks, looks_at_case
from matching.citizens import open_citizen
from matching.contents import PlanContents, open_contents
from matching.messages.contacts import Addresses, contact_of
from matching.models import Plan
from matching.retention.kinds import RetentionKind
from matching.retention.rules import Rule, rules_on
from providers.clock import local_date
from providers.database import fetch
from providers.vault import Vault

_BOOKINGS = """
SELECT b.id, b.state, b.basis, b.created_at, t.starts_at, t.minutes, t.mode, s.name AS site, p.name AS provider,
       s.street, s.postal_code_id AS postal_code, z.name AS postal_name
FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
JOIN provider p ON p.id = s.provider_id JOIN postal_code z ON z.code = s.postal_code_id
WHERE b.plan_id = $1 ORDER BY b.created_at, b.id
"""
_EVENTS = """
SELECT sequence, at, kind, split_part(actor, ':', 1) AS role, reason FROM case_event
WHERE plan_id = $1 ORDER BY sequence
"""
_REPORTS = """
SELECT r.id, r.created_at, e.kind AS event, r.state, r.attempts, r.delivered_at, coalesce(c.kind, 'none') AS channel,
       m.official_name AS recipient, convert_from(r.body, 'UTF8') AS body
FROM report r JOIN case_event e ON e.id = r.event_id JOIN plan p ON p.id = r.plan_id
JOIN municipality m ON m.code = p.municipality_id LEFT JOIN report_channel c ON c.id = r.channel_id
WHERE r.plan_id = $1 ORDER BY r.created_at, r.sequence
"""
_MESSAGES = """
SELECT created_at, template, channel, recipient, state, due_at, sent_at FROM message
WHERE plan_id = $1 ORDER BY created_at, id
"""
_ASKED = """
SELECT 'call' AS kind, c.asked_at AS at, s.name AS site, NULL::int AS radius, c.outcome
FROM call_back c JOIN site s ON s.id = c.site_id WHERE c.plan_id = $1
UNION ALL SELECT 'watch', w.looked_at, s.name, w.radius, NULL
FROM watch w LEFT JOIN site s ON s.id = w.site_id WHERE w.plan_id = $1 ORDER BY at
"""
_CODES = "SELECT issued_at, expires_at, revoked_at FROM course_code WHERE plan_id = $1 ORDER BY issued_at"
_MOST_LOOKS = 10_000

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """`cpr` ends with `••••`, and `address` is empty, for who came with the letter."""

    name: str
    cpr: str
    date_of_birth: date
    address: str | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class OwnData:
    """`plan` comes with municipality and package. `contents` is empty for who came with the letter."""

    person: Person
    plan: Plan
    contents: PlanContents | None
    contact: Addresses
    codes: list[Row]
    bookings: list[Row]
    events: list[Row]
    reports: list[Row]
    messages: list[Row]
    asked: list[Row]
    looks: list[DayOfLooks]
    kept_for: Rule


async def own_data(plan_id: int, *, vault: Vault, now: datetime, identified: bool) -> OwnData:
    """In a transaction whose scope is the plan; whoever calls this writes an entry in the look-up log."""
    plan = await Plan.get(id=plan_id).select_related("municipality", "package")
    book = await rules_on(local_date(now))
    return OwnData(
        person=_person(plan, vault, identified),
        plan=plan,
        contents=open_contents(plan.contents, vault) if identified and plan.contents else None,
        contact=await contact_of(plan_id, vault),
        codes=await _rows(_CODES, plan_id),
        bookings=await _rows(_BOOKINGS, plan_id),
        events=await _rows(_EVENTS, plan_id),
        reports=await _rows(_REPORTS, plan_id),
        messages=await _rows(_MESSAGES, plan_id),
        asked=await _rows(_ASKED, plan_id),
        looks=await looks_at_case(plan_id, most=_MOST_LOOKS),
        kept_for=book.rule(RetentionKind.CASE, plan.municipality_id),
    )


def _person(plan: Plan, vault: Vault, identified: bool) -> Person:
    citizen = open_citizen(plan.citizen, vault)
    return Person(
        name=citizen.name,
        cpr=citizen.cpr if identified else citizen.cpr[:6] + "••••",
        date_of_birth=citizen.date_of_birth,
        address=citizen.address if identified else None,
        phone=citizen.phone,
        email=citizen.email,
    )


async def _rows(query: str, plan_id: int) -> list[Row]:
    return [dict(row) for row in await fetch(query, plan_id)]
