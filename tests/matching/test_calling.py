"""Ring me: who may be asked, by which day they must have rung, what they see, and what is forgotten afterwards."""

from datetime import date, timedelta

import asyncpg
import pytest

from matching.booking import book
from matching.calling import ask_for_call, call_of, calls_waiting, close_call, sites_to_ask, withdraw_call
from matching.calling.asking import due_on
from matching.calling.errors import CallAskedAlready, CallNotNeeded, CallUnknown, SiteCannotHelp
from matching.cases import read_case
from matching.finding import Origin
from matching.finding.terms import terms_of_case
from matching.messages.contacts import PhoneInvalid
from matching.models import CallBack, CallOutcome, Message, Plan
from providers.actors import CITIZEN, Actor
from providers.database import execute
from providers.models import Site
from tests.support.worlds import AMAGER, CITY_HALL, NOW, POLICY, VAULT, a_citizen, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

PLANNER = Actor("account:9", "planner", "provider:1")
PHONE = "00 00 00 17"

BAD_ROWS = {
    "call_back_one_open_per_plan": "INSERT INTO call_back (plan_id, site_id, asked_at, due_on, person)"
    " SELECT plan_id, site_id, asked_at, due_on, person FROM call_back",
    "call_back_done_complete": "UPDATE call_back SET outcome = 'reached'",
    "call_back_forgets_person": "UPDATE call_back SET outcome = 'reached', done_at = now(), done_by = 'planner:x'",
}


async def ask(plan: Plan, site: Site, phone: str = PHONE) -> CallBack:
    return await ask_for_call(plan.id, site.pk, phone, actor=CITIZEN, now=NOW, policy=POLICY, vault=VAULT)


def test_working_days_are_counted_from_the_day_after() -> None:
    assert [due_on(date(2026, 11, 16), days) for days in (1, 2, 5)] == [
        date(2026, 11, 17), date(2026, 11, 18), date(2026, 11, 23),
    ]  # fmt: skip
    assert due_on(date(2026, 12, 23), 2) == date(2026, 12, 29), "neither Christmas nor the weekend is worked on"


async def test_the_site_sees_whom_to_ring_and_by_when_and_forgets_it_afterwards() -> None:
    site, other = await a_site(notice_email="tider@sted.example"), await a_site()
    plan = await a_plan(citizen=a_citizen(name="Ringe Prøvesen"))
    call = await ask(plan, site)
    assert (call.due_on, (await ask(plan, site)).id) == (date(2026, 11, 18), call.id)
    (waiting,) = await calls_waiting(site.provider_id, vault=VAULT)
    assert (waiting.name, waiting.phone, waiting.due_on) == ("Ringe Prøvesen", "+4500000017", call.due_on)
    assert await calls_waiting(other.provider_id, vault=VAULT) == []
    (notice,) = await Message.all()
    assert (notice.template, notice.recipient, notice.content) == ("site_call", "site", None)
    with pytest.raises(CallUnknown):
        await close_call(call.id, other.provider_id, CallOutcome.REACHED, actor=PLANNER, now=NOW)
    await close_call(call.id, site.provider_id, CallOutcome.REACHED, actor=PLANNER, now=NOW)
    assert await calls_waiting(site.provider_id, vault=VAULT) == []
    kept = await CallBack.get(id=call.id)
    assert (kept.outcome, kept.person, kept.done_by) == (CallOutcome.REACHED, b"", str(PLANNER))
    with pytest.raises(CallUnknown):
        await close_call(call.id, site.provider_id, CallOutcome.REACHED, actor=PLANNER, now=NOW)


async def test_one_site_at_a_time_and_the_citizen_may_think_better_of_it() -> None:
    first, second, plan = await a_site(), await a_site(), await a_plan()
    await ask(plan, first)
    with pytest.raises(CallAskedAlready):
        await ask(plan, second)
    for _ in range(2):
        await withdraw_call(plan.id, actor=CITIZEN, now=NOW)
    assert await call_of(plan.id) is None
    assert (await ask(plan, second)).site.pk == second.pk
    assert [call.outcome for call in await CallBack.all().order_by("id")] == [CallOutcome.WITHDRAWN, None]


async def test_only_a_site_that_could_have_the_citizen_is_asked_and_it_needs_no_free_time() -> None:
    near, far = await a_site(at=AMAGER), await a_site(at=CITY_HALL)
    elsewhere = await a_site(package_levels=(7,))
    closed = await a_site("private")
    plan = await a_plan()
    terms = terms_of_case(await read_case(plan.id, NOW), POLICY)
    amager = Origin(726_500.0, 6_172_500.0)
    assert [place.site_id for place in await sites_to_ask(terms, amager)] == [near.pk, far.pk]
    for site in (elsewhere, closed):
        with pytest.raises(SiteCannotHelp):
            await ask(plan, site)
    with pytest.raises(PhoneInvalid):
        await ask(plan, near, "ring bare")
    assert await CallBack.all() == []


async def test_who_has_a_time_needs_no_call() -> None:
    site, plan = await a_site(), await a_plan()
    slot = await a_slot(site, NOW + timedelta(days=2))
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    with pytest.raises(CallNotNeeded):
        await ask(plan, site)


@pytest.mark.parametrize("constraint", BAD_ROWS)
async def test_the_bad_row_meets_its_constraint(constraint: str) -> None:
    await ask(await a_plan(), await a_site())
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as broken:
        await execute(BAD_ROWS[constraint])
    assert broken.value.constraint_name == constraint
