"""The citizen asks a site to ring them, and thinks better of it."""

from datetime import date, datetime, timedelta
from itertools import islice

import orjson

from matching.audit import audit
from matching.calling.errors import CallAskedAlready, CallNotNeeded, SiteCannotHelp
from matching.calling.sites import sites_to_ask
from matching.cases import Case, lock_case
from matching.citizens import open_citizen
from matching.finding.search import Origin
from matching.finding.terms import terms_of_case
from matching.messages.contacts import clean_phone
from matching.messages.queue import Draft, queue_message
from matching.models import CallBack, CallOutcome, Channel, Recipient
from matching.policy import Policy
from providers.actors import Actor
from providers.calendar import working_days
from providers.clock import local_date
from providers.database import execute, looking, transaction
from providers.scope import Scope
from providers.vault import Vault

SITE_CALL = "site_call"
"""The template that tells a clinic that somebody wants to be rung up, and not who."""

_ANYWHERE = Origin(0, 0)
_LONGEST_WAIT = timedelta(days=60)
_WITHDRAW = """
UPDATE call_back SET outcome = $2, done_at = $3, done_by = $4, person = '' WHERE plan_id = $1 AND done_at IS NULL
"""


async def ask_for_call(
    plan_id: int, site_id: int, phone: str, *, actor: Actor, now: datetime, policy: Policy, vault: Vault
) -> CallBack:
    """The site has to ring within `policy.call_days` working days. The same site asked again changes nothing.

    Raises PhoneInvalid, CallNotNeeded, SiteCannotHelp, CallAskedAlready or PlanNotReady.
    """
    number = clean_phone(phone)
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        await _check(case, site_id, policy)
        if earlier := await _open(plan_id):
            if earlier.site_id != site_id:
                raise CallAskedAlready
            return earlier
        person = {"name": open_citizen(case.plan.citizen, vault).name, "phone": number}
        call = await CallBack.create(
            plan_id=plan_id,
            site_id=site_id,
            asked_at=now,
            due_on=due_on(local_date(now), policy.call_days),
            person=vault.seal(orjson.dumps(person)),
        )
        await audit("call_asked", actor=actor, now=now, purpose="choice", plan_id=plan_id)
        call.site = await call.site
        if call.site.notice_email:
            await queue_message(_notice(call), now=now)
    return call


async def call_of(plan_id: int) -> CallBack | None:
    """The call that the citizen waits for, with its site."""
    async with looking(Scope(plan=plan_id)):
        return await _open(plan_id)


async def withdraw_call(plan_id: int, *, actor: Actor, now: datetime) -> None:
    """Nobody need ring any more; nothing happens when nobody was asked."""
    async with transaction(Scope(plan=plan_id)):
        if await execute(_WITHDRAW, plan_id, CallOutcome.WITHDRAWN.value, now, str(actor)) == "UPDATE 1":
            await audit("call_withdrawn", actor=actor, now=now, purpose="choice", plan_id=plan_id)


def due_on(today: date, days: int) -> date:
    """The working day by which the site must have rung, so many after today."""
    *_, last = islice(working_days(today + timedelta(days=1), today + _LONGEST_WAIT), days)
    return last


async def _check(case: Case, site_id: int, policy: Policy) -> None:
    terms = terms_of_case(case, policy)
    if case.current is not None or not case.rights.open_bases:
        raise CallNotNeeded
    if not await sites_to_ask(terms, _ANYWHERE, site=site_id):
        raise SiteCannotHelp


async def _open(plan_id: int) -> CallBack | None:
    return await CallBack.get_or_none(plan_id=plan_id, done_at=None).select_related("site")


def _notice(call: CallBack) -> Draft:
    once = f"call:{call.id}"
    return Draft(once, SITE_CALL, Channel.EMAIL, Recipient.SITE, plan=call.plan_id, site=call.site_id)
