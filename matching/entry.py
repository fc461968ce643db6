"""The way in: the forløbskode opens the plan's choices, the kontrolkode and the date of birth the plan itself.

Unknown, expired and revoked codes cannot be told apart, by the answer or by the work done for it. A failed attempt
costs its address and, together with everybody's, the whole portal; when the common budget is used up, only
addresses that have failed before must wait, so that guessing cannot lock the rightful citizen out. A code with a
wrong check symbol was mistyped, not guessed, and a valid code is no failure: both are free.
"""

from datetime import date, datetime
from hmac import compare_digest

from matching.audit import audit
from matching.citizens import open_citizen
from matching.codes import parse_access_code, parse_code
from matching.models import CourseCode, Plan
from matching.policy import Policy
from providers.actors import CITIZEN, CITIZEN_WITH_CODE
from providers.attempts import Budget, refund, spend
from providers.errors import GenvejError
from providers.vault import Vault
from providers.words import N_


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
    digest = vault.digest("course_code", parse_code(text))
    own = Budget(f"code:{vault.digest('address', address)}", policy.address_attempts, policy.address_pause)
    total = Budget("code:*", policy.total_attempts, policy.total_pause)
    # Whoever must wait for their own failures takes nothing from everybody's budget while they do.
    if wait := (by_address := await spend(own, now)).wait:
        raise TooManyAttempts(wait=wait)
    by_all = await spend(total, now)
    if by_all.wait and by_address.level > 1:
        raise TooManyAttempts(wait=by_all.wait)
    found = await CourseCode.filter(digest=digest, revoked_at=None, expires_at__gt=now).values("plan_id")
    if not found:
        await audit(
            "code_entered", actor=CITIZEN_WITH_CODE, now=now, purpose="choice", criterion="code", result="refused"
        )
        raise CodeUnknown
    await refund(own)
    if not by_all.wait:
        await refund(total)
    plan_id: int = found[0]["plan_id"]
    await audit("code_entered", actor=CITIZEN_WITH_CODE, now=now, purpose="choice", criterion="code", plan_id=plan_id)
    return plan_id


async def verify(
    plan_id: int, access_code: str, date_of_birth: date, *, now: datetime, vault: Vault, policy: Policy
) -> None:
    """Check the second factor of the letter; raises AccessCodeMistyped, FactorWrong or TooManyAttempts."""
    digest = vault.digest("access_code", parse_access_code(access_code))
    budget = Budget(f"factor:{plan_id}", policy.factor_attempts, policy.factor_pause)
    if wait := (await spend(budget, now)).wait:
        raise TooManyAttempts(wait=wait)
    plan = await Plan.get(id=plan_id)
    live = await CourseCode.get_or_none(plan_id=plan_id, revoked_at=None, expires_at__gt=now)
    # Both halves are always compared, so that the time taken does not tell which one was wrong.
    code_fits = compare_digest(live.access_digest if live else "", digest)
    birth_fits = open_citizen(plan.citizen, vault).date_of_birth == date_of_birth
    right = code_fits and birth_fits
    await audit(
        "second_factor", actor=CITIZEN, now=now, purpose="choice", plan_id=plan_id, result="ok" if right else "refused"
    )
    if not right:
        raise FactorWrong
    await refund(budget)
