"""The way in: the forløbskode opens the plan's choices, the kontrolkode and the date of birth the plan itself.

Unknown, expired and revoked codes cannot be told apart, by the answer or by the work done for it. A failed attempt
costs its address and, together with everybody's, the whole portal; when the common budget is used up, only
addresses that have failed before must wait, so that guessing cannot lock the rightful citizen out. A code with a
wrong check symbol was mistyped, not guessed, and a valid code is no failure: both are free, and write no budget.
Whether there is budget is asked before the code is looked up: who must wait learns nothing of it, by time either.
A code whose hash was made with an earlier lookup key is as good, and gets a hash of the newest one when it is used.
"""

from datetime import date, datetime
from hmac import compare_digest

from matching.audit import audit
from matching.citizens import open_citizen
from matching.codes import parse_access_code, parse_code
from matching.models import CourseCode, Plan
from matching.policy import Policy
from providers.actors import CITIZEN, CITIZEN_WITH_CODE, Actor
from providers.attempts import ROUNDING, WEIGH, Budget, Spent, refund, spend, to_weigh
from providers.database import fetch, fetch_value, looking
from providers.errors import GenvejError
from providers.scope import Scope
from providers.vault import Vault
from providers.words import N_

# Budgets, code, and the look of it in the log are one statement; there is nothing to be told of other codes. It says
# for itself when there is no budget, as `_check` does, so that a code is not even looked up then.
_OPEN = f"""
WITH weighed AS ({WEIGH}), refused AS (
    SELECT FROM weighed own, weighed total WHERE own.place = 1 AND total.place = 2
    AND (own.wait > {ROUNDING} OR (total.wait > {ROUNDING} AND own.level > 1))
), found AS (
    SELECT plan_id, digest FROM course_code WHERE digest = ANY ($6) AND revoked_at IS NULL AND expires_at > $2
    AND NOT EXISTS (SELECT FROM refused) LIMIT 1
), noted AS (
    INSERT INTO audit_entry (at, person, organisation, role, action, plan_id, criterion, purpose, result)
    SELECT $2, $7, $8, $9, 'code_entered', plan_id, 'code', 'choice', 'ok' FROM found
)
SELECT level, wait, plan_id, digest FROM weighed LEFT JOIN found ON true ORDER BY place
"""


class EntryRefused(GenvejError):
    """Nobody was let in."""


class CodeUnknown(EntryRefused):
    code = "code_unknown"
    message = N_("Koden gælder ikke. Se efter i brevet, eller ring til din kommune og få en ny.")


class FactorWrong(EntryRefused):
    code = "factor_wrong"
    message = N_("Kontrolkoden og fødselsdatoen passer ikke til forløbskoden. Se i brevet, og prøv igen.")


class TooManyAttempts(EntryRefused):
    """`details["wait"]` is the time to wait, as a timedelta."""

    code = "too_many_attempts"
    message = N_("Der er prøvet for mange forkerte koder. Vent lidt, og prøv igen, eller ring til din kommune.")


async def enter(text: str, *, address: str, now: datetime, vault: Vault, policy: Policy) -> int:
    """The number of the plan that a typed code opens. `address` is where the attempt comes from.

    Raises CodeMistyped (free of charge), CodeUnknown or TooManyAttempts.
    """
    digests = vault.digests("course_code", parse_code(text))
    budgets = _budgets(vault.digest("address", address), policy)
    who = CITIZEN_WITH_CODE
    weighed = await fetch(_OPEN, *to_weigh(budgets, now), digests, who.person, who.organisation, who.role)
    _check(*map(Spent.of, weighed))
    found = weighed[0]
    if found["plan_id"] is None:
        _check(*[await spend(budget, now) for budget in budgets])
        await audit("code_entered", actor=who, now=now, purpose="choice", criterion="code", result="refused")
        raise CodeUnknown
    if found["digest"] != digests[0]:
        await CourseCode.filter(digest=found["digest"]).update(digest=digests[0])
    return int(found["plan_id"])


async def still_opens(plan_id: int, entered_at: datetime, now: datetime) -> bool:
    """Whether a visit that began then may go on: not after its code expired, was revoked, or gave way to another."""
    query = """
    SELECT EXISTS (
        SELECT FROM course_code
        WHERE plan_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND issued_at <= $3
    )
    """
    return bool(await fetch_value(query, plan_id, now, entered_at))


def _budgets(address: str, policy: Policy) -> tuple[Budget, Budget]:
    """The address's own budget, and everybody's."""
    return (
        Budget(f"code:{address}", policy.address_attempts, policy.address_pause),
        Budget("code:*", policy.total_attempts, policy.total_pause),
    )


def _check(own: Spent, total: Spent) -> None:
    """Refuse an attempt for which there is no budget; who has not failed lately does not pay for the others."""
    if own.wait or (total.wait and own.level > 1):
        raise TooManyAttempts(wait=max(own.wait, total.wait))


async def verify(
    plan_id: int,
    access_code: str,
    date_of_birth: date,
    *,
    now: datetime,
    vault: Vault,
    policy: Policy,
    actor: Actor = CITIZEN,
) -> None:
    """Check the second factor of the letter; raises AccessCodeMistyped, FactorWrong or TooManyAttempts.

    `actor` is who shows it: the citizen, or somebody who helps them.
    """
    digests = vault.digests("access_code", parse_access_code(access_code))
    budget = Budget(f"factor:{plan_id}", policy.factor_attempts, policy.factor_pause)
    if wait := (await spend(budget, now)).wait:
        raise TooManyAttempts(wait=wait)
    async with looking(Scope(plan=plan_id)):
        plan = await Plan.get(id=plan_id)
    live = await CourseCode.get_or_none(plan_id=plan_id, revoked_at=None, expires_at__gt=now)
    # Both halves are always compared, so that the time taken does not tell which one was wrong.
    code_fits = any(compare_digest(live.access_digest if live else "", digest) for digest in digests)
    birth_fits = open_citizen(plan.citizen, vault).date_of_birth == date_of_birth
    right = code_fits and birth_fits
    await audit(
        "second_factor", actor=actor, now=now, purpose="choice", plan_id=plan_id, result="ok" if right else "refused"
    )
    if not right:
        raise FactorWrong
    await refund(budget)
    if live is not None and live.access_digest != digests[0]:
        await CourseCode.filter(id=live.id, access_digest=live.access_digest).update(access_digest=digests[0])
