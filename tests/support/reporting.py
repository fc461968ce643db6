"""Cases that have something to report, and the sender that reports it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from matching.booking import book
from matching.citizens import Citizen
from matching.models import Booking, InboundMessage, Plan, Report, ReportState
from matching.reports.channels import set_webhook
from matching.reports.formats.incoming import incoming
from matching.reports.inbound import keep
from matching.reports.interpreting import interpret
from matching.reports.sending import Sender
from matching.reports.webhook import report_client
from providers.actors import CITIZEN
from providers.models import Site
from tests.support.cases_reported import OURS
from tests.support.receivers import THIS_MACHINE, Receiver
from tests.support.worlds import HOME, NOW, POLICY, VAULT, a_plan, a_site, a_slot


@asynccontextmanager
async def a_sender(*, seconds: float = 30.0) -> AsyncIterator[Sender]:
    """A worker's sender that waits `seconds` for an answer."""
    async with report_client(THIS_MACHINE, seconds=seconds) as client:
        yield Sender(client, VAULT, POLICY, seconds=seconds)


async def reports_go_to(receiver: Receiver, municipality: str = HOME) -> None:
    """Make it the recipient of a municipality's reports."""
    await set_webhook(municipality, receiver.url, receiver.secret, vault=VAULT)


async def a_booked_plan(
    site: Site | None = None, *, municipality: str = HOME, citizen: Citizen | None = None, now: datetime = NOW
) -> tuple[Plan, Booking]:
    """A citizen who has just booked a time of their own municipality: one report is in the outbox."""
    site = site or await a_site(municipality=municipality, confirmed_at=now, now=now)
    slot = await a_slot(site, now + timedelta(days=2), now=now)
    plan = await a_plan(municipality_id=municipality, citizen=citizen, now=now)
    return plan, await book(plan.id, slot.id, actor=CITIZEN, now=now, policy=POLICY)


async def received(body: bytes, municipality: str = HOME) -> InboundMessage:
    """What became of something that a municipality's system sent: kept, and acted on."""
    kept = await keep(body, incoming(body, OURS), municipality, now=NOW, vault=VAULT)
    await interpret(kept.id, municipality, now=NOW, vault=VAULT)
    return await InboundMessage.get(id=kept.id)


async def only_report(plan: Plan) -> Report:
    """The plan's one report, as it stands in the outbox."""
    return await Report.get(plan_id=plan.id)


async def states(**filters: Any) -> list[ReportState]:
    """The states of reports, by case and by their order within it."""
    return [report.state for report in await Report.filter(**filters).order_by("plan_id", "sequence")]
