"""An address that leads inside is not called, and its report is not lost."""

from datetime import timedelta

import pytest

from matching.models import ReportState
from matching.reports.channels import set_webhook
from matching.reports.delivery import deliver_due
from matching.reports.sending import Sender
from matching.reports.webhook import report_client
from providers.targets import Targets
from tests.support.receivers import THIS_MACHINE, a_receiver
from tests.support.reporting import a_booked_plan, only_report, reports_go_to
from tests.support.worlds import HOME, NOW, POLICY, VAULT


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_report_waits_until_its_address_may_be_called(database: str, host: str) -> None:
    with a_receiver() as receiver:
        await set_webhook(HOME, receiver.url.replace("127.0.0.1", host), receiver.secret, vault=VAULT)
        plan, _ = await a_booked_plan()
        async with report_client(Targets()) as strict:
            await deliver_due(sender=Sender(strict, VAULT, POLICY), now=NOW)
        report = await only_report(plan)
        assert (report.state, report.answer) == (ReportState.QUEUED, "The address may not be called")
        assert receiver.requests == []
        await reports_go_to(receiver)
        async with report_client(THIS_MACHINE) as client:
            await deliver_due(sender=Sender(client, VAULT, POLICY), now=report.next_at + timedelta(seconds=1))
        assert (await only_report(plan)).state is ReportState.DELIVERED
