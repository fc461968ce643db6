"""Whoever reads what municipalities sent may be killed over it; a message is acted on all the same, and once."""

from datetime import UTC, datetime

from matching.models import InboundMessage, Report, ReportState
from matching.reports.formats.acknowledgement import AckCode
from matching.reports.formats.incoming import incoming
from matching.reports.inbound import keep
from matching.reports.interpreting import LEASE, interpret_waiting
from providers.database import connect, execute, fetch_value
from tests.support.cases_reported import OURS
from tests.support.fhir_recipient import acknowledgement_of
from tests.support.reporting import a_booked_plan, only_report, states
from tests.support.workers import a_worker, a_worker_process, until
from tests.support.worlds import HOME, VAULT


async def an_answer() -> tuple[Report, bytes]:
    """The acknowledgement of a report that was sent."""
    plan, _ = await a_booked_plan(now=datetime.now(UTC))
    report = await only_report(plan)
    await Report.filter(id=report.id).update(state=ReportState.SENT)
    header = {"resourceType": "MessageHeader", "id": str(report.id)}
    return report, acknowledgement_of({"entry": [{"resource": header}]}, AckCode.OK)


async def kept(answer: bytes) -> None:
    await keep(answer, incoming(answer, OURS), HOME, now=datetime.now(UTC), vault=VAULT)


async def claimed() -> bool:
    return bool(await fetch_value("SELECT count(*) FROM inbound_message WHERE claimed_until IS NOT NULL"))


async def acted_on() -> bool:
    return await states() == [ReportState.DELIVERED]


async def test_a_message_that_comes_in_wakes_the_worker(database: str) -> None:
    _, answer = await an_answer()
    async with a_worker(database):
        await kept(answer)
        await until(acted_on)


async def test_killed_over_it_the_message_is_acted_on_by_the_next(database: str) -> None:
    """The process that kept it has died before anybody was woken; the worker that finds it is killed as well."""
    report, answer = await an_answer()
    await kept(answer)
    await execute("DELETE FROM pgqueuer")
    other = await connect(database)
    try:
        async with other.transaction():
            # Whoever acts on it has to wait here, with the message in hand.
            await other.execute("SELECT FROM report WHERE id = $1 FOR UPDATE", report.id)
            async with a_worker_process(database) as worker:
                await until(claimed)
                worker.kill()
                await worker.wait()
    finally:
        await other.close()
    assert (await InboundMessage.get()).kind is None
    assert await states() == [ReportState.SENT]
    assert await interpret_waiting(now=datetime.now(UTC), vault=VAULT) == 0, (
        "nobody can tell a dead one from a slow one"
    )
    assert await interpret_waiting(now=datetime.now(UTC) + LEASE, vault=VAULT) == 1
    assert await interpret_waiting(now=datetime.now(UTC) + 2 * LEASE, vault=VAULT) == 0
    assert await acted_on()
