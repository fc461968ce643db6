"""Behind every check stands a constraint with a name: the bad row, written past all code, meets it."""

import re
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from matching import models
from matching.booking import book, hold
from matching.booking.errors import AlreadyBooked, IdempotencyKeyReused, SlotTaken
from matching.intake.directory import printed_directory
from matching.intake.storing import File
from matching.intake.taking import take_in
from matching.messages import Addresses, set_contact
from matching.models import Booking, MessageSource, ReportChannel
from providers.actors import CITIZEN, SYSTEM
from providers.attempts import Budget, spend
from providers.database import execute, fetch, transaction
from providers.errors import GenvejError
from providers.models import AttemptBudget, Slot
from tests.support.rows import undone
from tests.support.worlds import HOME, NOW, POLICY, VAULT, a_code, a_plan, a_site, a_slot, an_offered_booking

pytestmark = pytest.mark.usefixtures("clean_world")

BOOKING = "INSERT INTO booking (id, plan_id, slot_id, basis, state, created_at) SELECT gen_random_uuid(),"

BAD_ROWS = {
    "slot_seats_not_exceeded": "UPDATE slot SET taken = 2 WHERE seats = 1",
    "slot_counts_not_negative": "UPDATE slot SET taken = -1",
    "hold_one_per_plan": "INSERT INTO hold (plan_id, slot_id, until) SELECT plan_id, slot_id, until FROM hold",
    "booking_one_offered_per_plan": BOOKING + "plan_id, slot_id, basis, state, created_at FROM booking"
    " WHERE state = 'offered'",
    "booking_one_current_per_plan": BOOKING + "plan_id, slot_id, basis, 'requested', created_at FROM booking"
    " WHERE state = 'confirmed'",
    "booking_version_positive": "UPDATE booking SET version = 0",
    "idempotency_key_once_per_plan": "INSERT INTO idempotency_key (plan_id, key, slot_id, booking_id, created_at)"
    " SELECT plan_id, key, slot_id, booking_id, created_at FROM idempotency_key",
    "plan_message_once": "UPDATE plan SET message_id = 'the same'",
    "plan_level_only_general": "UPDATE plan SET plan_type = 'specialised'",
    "plan_offer_recorded": "UPDATE plan SET offer_recorded_on = NULL WHERE offer_date IS NOT NULL",
    "course_code_digest_once": "INSERT INTO course_code (plan_id, digest, access_digest, issued_at, expires_at)"
    " SELECT (SELECT max(id) FROM plan), digest, '', issued_at, expires_at FROM course_code",
    "course_code_one_alive_per_plan": "INSERT INTO course_code (plan_id, digest, access_digest, issued_at, expires_at)"
    " SELECT plan_id, 'other', '', issued_at, expires_at FROM course_code",
    "case_event_sequence_once": "INSERT INTO case_event (plan_id, sequence, kind, at, actor)"
    " SELECT plan_id, sequence, kind, at, actor FROM case_event",
    "case_event_has_actor": "INSERT INTO case_event (plan_id, sequence, kind, at, actor)"
    " SELECT plan_id, 2, kind, at, '' FROM case_event",
    "report_channel_once_per_kind": "INSERT INTO report_channel (municipality_id, kind, url, secret)"
    " SELECT municipality_id, kind, '', '' FROM report_channel",
    "report_once_per_event_and_channel": "INSERT INTO report (id, event_id, plan_id, channel_id, sequence, body, state,"
    " next_at, created_at) SELECT gen_random_uuid(), event_id, plan_id, channel_id, sequence, body, state, next_at,"
    " created_at FROM report",
    "report_feed_position_once": "INSERT INTO report (id, event_id, plan_id, sequence, body, state, next_at,"
    " created_at, feed_position) SELECT gen_random_uuid(), event_id, plan_id, sequence, body, state, next_at,"
    " created_at, 7 FROM report CROSS JOIN generate_series(1, 2)",
    "report_sent_or_fetched": "UPDATE report SET waits_for_id = '0101'",
    "report_queued_has_body": "UPDATE report SET body = '' WHERE state = 'queued'",
    "audit_entry_complete": "INSERT INTO audit_entry (at, person, role, action, purpose, result)"
    " VALUES (now(), 'citizen', 'citizen', 'looked', '', 'ok')",
    "contact_one_per_plan": "INSERT INTO contact (plan_id, language, stop_token, changed_at)"
    " SELECT plan_id, language, gen_random_uuid(), changed_at FROM contact",
    "contact_stop_token_once": "INSERT INTO contact (plan_id, language, stop_token, changed_at)"
    " SELECT (SELECT max(id) FROM plan), language, stop_token, changed_at FROM contact",
    "message_once": "INSERT INTO message (id, once, template, channel, recipient, plan_id, state, due_at, next_at,"
    " created_at) SELECT gen_random_uuid(), once, template, channel, recipient, plan_id, state, due_at, next_at,"
    " created_at FROM message",
    "message_recipient_known": "UPDATE message SET plan_id = NULL",
    "message_sent_at_if_sent": "UPDATE message SET state = 'sent'",
    "plan_link_complete": "UPDATE plan SET link = 'parallel'",
    "plan_link_to_another": "UPDATE plan SET link = 'parallel', linked_to_id = id",
    "raw_message_once": "INSERT INTO raw_message (source, name, body, digest, received_at, actor)"
    " SELECT source, name, body, digest, received_at, actor FROM raw_message",
    "arrival_once_per_position": "INSERT INTO arrival (raw_message_id, position, state, findings, at)"
    " SELECT raw_message_id, position, state, findings, at FROM arrival",
    "arrival_read_has_plan": "UPDATE arrival SET state = 'taken'",
    "attempt_budget_not_negative": "UPDATE attempt_budget SET spent = -1",
}

NAMED = """
SELECT conname FROM pg_constraint WHERE conrelid = ANY ($1::regclass[]) AND contype IN ('c', 'x')
UNION SELECT indexrelid::regclass::text FROM pg_index
WHERE indrelid = ANY ($1::regclass[]) AND indisunique AND NOT indisprimary
"""


async def a_full_world() -> None:
    """At least one row in every table of a case: a citizen who booked, and one who was made an offer and holds."""
    await ReportChannel.create(municipality_id=HOME, kind="webhook", url="http://localhost/", secret=b"")
    site, chooser, waiter = await a_site(), await a_plan(), await a_plan()
    slots = [await a_slot(site, NOW + timedelta(days=days)) for days in (2, 3, 4)]
    await a_code(chooser)
    await set_contact(chooser.id, Addresses("a@b.example"), "da", actor=CITIZEN, now=NOW, vault=VAULT)
    await book(chooser.id, slots[0].id, actor=CITIZEN, now=NOW, policy=POLICY, key="k")
    await an_offered_booking(waiter, slots[1])
    await hold(waiter.id, slots[2].id, now=NOW, policy=POLICY)
    await take_in(
        [File("empty.xml", b"")],
        municipality=HOME,
        source=MessageSource.UPLOAD,
        directory=printed_directory(),
        actor=SYSTEM,
        now=NOW,
        vault=VAULT,
    )
    await spend(Budget("b", 1, timedelta(seconds=1)), NOW)


@pytest.mark.parametrize("constraint", BAD_ROWS)
async def test_the_bad_row_meets_its_constraint(constraint: str) -> None:
    await a_full_world()
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as broken:
        await execute(BAD_ROWS[constraint])
    assert broken.value.constraint_name == constraint


async def test_no_constraint_is_without_a_test() -> None:
    """Each is named by a test, here or beside the rows that it guards."""
    ours = [getattr(models, name) for name in models.__all__]
    tables = [model._meta.db_table for model in (*ours, Slot, AttemptBudget) if hasattr(model, "_meta")]
    tests = "".join(path.read_text() for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert [name for (name,) in await fetch(NAMED, tables) if not re.search(rf"\b{name}\b", tests)] == []


@pytest.mark.parametrize(
    ("constraint", "error"),
    [
        ("slot_seats_not_exceeded", SlotTaken),
        ("booking_one_current_per_plan", AlreadyBooked),
        ("idempotency_key_once_per_plan", IdempotencyKeyReused),
    ],
)
async def test_a_transaction_tells_the_person_what_the_constraint_means(
    constraint: str, error: type[GenvejError]
) -> None:
    await a_full_world()
    with pytest.raises(error):
        async with transaction():
            await execute(BAD_ROWS[constraint])


async def test_the_same_is_told_when_the_orm_wrote_the_row() -> None:
    await a_full_world()
    booking = await Booking.get(state="confirmed")
    with pytest.raises(AlreadyBooked):
        async with transaction():
            await Booking.filter(state="offered").update(plan_id=booking.plan_id, state="requested")


async def test_a_constraint_without_words_of_its_own_comes_out_as_it_is() -> None:
    await a_full_world()
    with pytest.raises(asyncpg.CheckViolationError):
        async with transaction():
            await execute(BAD_ROWS["booking_version_positive"])


async def test_every_error_that_names_a_constraint_names_one_that_exists() -> None:
    names = await fetch("SELECT conname FROM pg_constraint UNION SELECT indexrelid::regclass::text FROM pg_index")
    assert GenvejError.by_constraint.keys() <= {name for (name,) in names}
    assert GenvejError.by_constraint.keys() >= {"slot_seats_not_exceeded", "booking_one_current_per_plan"}


@pytest.mark.parametrize("table", ["case_event", "audit_entry"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}"])
async def test_what_happened_is_neither_changed_nor_removed(table: str, change: str) -> None:
    await a_full_world()
    await execute(
        "INSERT INTO audit_entry (at, person, role, action, purpose, result) VALUES (now(),'a','b','c','d','e')"
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with undone():
            await execute(f"SET LOCAL ROLE genvej_app; {change.format(table)}")
    with pytest.raises(asyncpg.RestrictViolationError, match=f"{table} is append-only"):
        await execute(change.format(table))


@pytest.mark.parametrize("table", ["plan", "slot", "booking", "case_event"])
async def test_what_a_case_refers_to_cannot_be_removed(table: str) -> None:
    await a_full_world()
    await execute("SET LOCAL ROLE NONE; DROP TRIGGER case_event_goes_with_its_case ON case_event")
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await execute(f"DELETE FROM {table}")
