"""Codes as the municipality gives them out: issue, revoke, issue anew."""

from dataclasses import dataclass
from datetime import datetime

from matching.cases import Case, lock_case
from matching.casework.facts import change_facts
from matching.codes import issue_access_code, issue_code, parse_access_code, parse_code
from matching.events import record_event
from matching.models import CourseCode
from matching.policy import Policy
from providers.actors import Actor
from providers.clock import local_date
from providers.database import transaction
from providers.scope import Scope
from providers.vault import Vault


@dataclass(frozen=True, slots=True)
class LetterCodes:
    """The two codes in clear, for the letter; they are stored nowhere."""

    code: str
    access_code: str
    expires_at: datetime


async def issue_codes(plan_id: int, *, actor: Actor, now: datetime, vault: Vault, policy: Policy) -> LetterCodes:
    """A new pair of codes for a plan; whatever pair it had before is dead from this moment."""
    codes = new_codes(now, policy)
    async with transaction(Scope(plan=plan_id)):
        await put_codes(await lock_case(plan_id, now), codes, actor=actor, now=now, vault=vault)
    return codes


def new_codes(now: datetime, policy: Policy) -> LetterCodes:
    """A pair of codes that opens nothing yet."""
    return LetterCodes(issue_code(), issue_access_code(), now + policy.code_life)


async def put_codes(case: Case, codes: LetterCodes, *, actor: Actor, now: datetime, vault: Vault) -> None:
    """Make them the only ones of a case that the caller has locked."""
    plan = case.plan
    await CourseCode.filter(plan_id=plan.id, revoked_at=None).update(revoked_at=now)
    await store_codes(plan.id, codes, now=now, vault=vault)
    await change_facts(plan, code_issued_on=local_date(now))
    await record_event(plan, "code_issued", actor=actor, now=now, purpose="letter")


async def revoke_codes(plan_id: int, *, actor: Actor, now: datetime) -> None:
    """Kill the plan's codes; nothing happens when there are none alive."""
    async with transaction(Scope(plan=plan_id)):
        await kill_codes(await lock_case(plan_id, now), actor=actor, now=now)


async def kill_codes(case: Case, *, actor: Actor, now: datetime) -> None:
    """The same for a case that the caller has locked."""
    if await CourseCode.filter(plan_id=case.plan.id, revoked_at=None).update(revoked_at=now):
        await change_facts(case.plan, code_issued_on=None)
        await record_event(case.plan, "code_revoked", actor=actor, now=now, purpose="letter")


async def store_codes(plan_id: int, codes: LetterCodes, *, now: datetime, vault: Vault) -> None:
    """Keep the keyed hashes of a pair of codes."""
    await CourseCode.create(
        plan_id=plan_id,
        digest=vault.digest("course_code", parse_code(codes.code)),
        access_digest=vault.digest("access_code", parse_access_code(codes.access_code)),
        issued_at=now,
        expires_at=codes.expires_at,
    )
