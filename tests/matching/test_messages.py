"""What is queued when something happens, for whom, by which way, and that it is said once."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from matching.booking import book, cancel, move
from matching.messages import Addresses, Draft, contact_of, queue_message, set_contact, stop
from matching.messages.claims import claim, due_messages, mark
from matching.messages.contacts import MobileInvalid, StopUnknown, clean_mobile, read_addresses
from matching.messages.remedies import MessageOver, MessageUnknown, drop_message, messages_of, resend_message
from matching.models import Booking, Channel, Contact, Message, MessageState, Plan, Recipient
from providers.accounts.errors import EmailInvalid
from providers.actors import CITIZEN, Actor
from providers.database import transaction
from providers.errors import Busy
from providers.models import Slot
from providers.scope import Scope
from tests.support.worlds import HOME, NOW, POLICY, VAULT, a_plan, a_site, a_slot, an_offered_booking

pytestmark = pytest.mark.usefixtures("clean_world")

CASEWORKER = Actor("account:1", "visitator", HOME, Scope(municipality=HOME))
LATER = NOW + timedelta(days=10)
BOTH = Addresses("proeve@borger.example", "+4500000000")
WAYS = [Channel.EMAIL, Channel.SMS]


async def a_reachable_plan(addresses: Addresses = BOTH) -> Plan:
    plan = await a_plan()
    await set_contact(plan.id, addresses, "da", actor=CITIZEN, now=NOW, vault=VAULT)
    return plan


async def booked(plan: Plan, starts_at: datetime = LATER, **facts: str) -> tuple[Booking, Slot]:
    slot = await a_slot(await a_site(**facts), starts_at)
    return await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY), slot


async def queued(plan: Plan) -> list[tuple[str, str]]:
    """Template and way of what waits to be sent."""
    return sorted((told.template, told.channel.value) for told in await messages_of(plan.id) if told.state == "queued")


async def test_a_citizen_who_gave_nothing_is_told_nothing() -> None:
    plan = await a_plan()
    await booked(plan)
    assert await messages_of(plan.id) == []


async def test_booking_tells_at_once_and_reminds_a_week_and_a_day_before() -> None:
    plan = await a_reachable_plan()
    await booked(plan)
    rows = await Message.filter(plan_id=plan.id).order_by("due_at", "channel")
    said = [(row.template, row.channel, row.due_at, row.quiet, row.until) for row in rows]
    week, day = LATER - timedelta(days=7), LATER - timedelta(days=1)
    assert said == [
        ("booked", Channel.EMAIL, NOW, False, None),
        ("booked", Channel.SMS, NOW, False, None),
        ("reminder_week", Channel.EMAIL, week, True, LATER),
        ("reminder_week", Channel.SMS, week, True, LATER),
        ("reminder_day", Channel.EMAIL, day, True, LATER),
        ("reminder_day", Channel.SMS, day, True, LATER),
    ]


async def test_a_time_that_is_near_has_no_reminder_that_would_come_at_once() -> None:
    plan = await a_reachable_plan(Addresses("proeve@borger.example"))
    await booked(plan, NOW + timedelta(days=3))
    assert await queued(plan) == [("booked", "email"), ("reminder_day", "email")]


async def test_a_moved_time_has_its_own_reminders_and_none_of_the_old_one() -> None:
    plan = await a_reachable_plan(Addresses("proeve@borger.example"))
    booking, _ = await booked(plan)
    other = await a_slot(await a_site(), LATER + timedelta(days=1))
    moved = await move(plan.id, booking.id, other.id, actor=CITIZEN, now=NOW, policy=POLICY)
    reminders = await Message.filter(plan_id=plan.id, template__startswith="reminder", state="queued")
    assert {row.booking_id for row in reminders} == {moved.id}
    assert sorted(row.due_at for row in reminders) == [other.starts_at - timedelta(days=days) for days in (7, 1)]
    await cancel(plan.id, moved.id, actor=CITIZEN, now=NOW, policy=POLICY)
    assert await queued(plan) == [("booked", "email"), ("cancelled", "email"), ("moved", "email")]


async def test_asking_another_municipality_reminds_of_nothing_yet() -> None:
    plan = await a_reachable_plan(Addresses("proeve@borger.example"))
    slot = await a_slot(await a_site(municipality="0147"), LATER)
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY, accepts_guarantee_loss=True)
    assert await queued(plan) == [("requested", "email")]


async def test_a_new_way_gets_the_reminders_and_an_ended_one_loses_them() -> None:
    plan = await a_reachable_plan(Addresses("proeve@borger.example"))
    await booked(plan)
    await set_contact(plan.id, Addresses(None, "+4500000000"), "en", actor=CITIZEN, now=NOW, vault=VAULT)
    assert await queued(plan) == [("booked", "email"), ("reminder_day", "sms"), ("reminder_week", "sms")]
    await set_contact(plan.id, BOTH, "en", actor=CITIZEN, now=NOW, vault=VAULT)
    assert len(await queued(plan)) == 5
    await stop((await Contact.get(plan_id=plan.id)).stop_token, now=NOW, vault=VAULT)
    assert (await queued(plan), await contact_of(plan.id, VAULT)) == ([("booked", "email")], Addresses())
    with pytest.raises(StopUnknown):
        await stop(UUID(int=0), now=NOW, vault=VAULT)


async def test_addresses_are_sealed() -> None:
    plan = await a_reachable_plan()
    row = await Contact.get(plan_id=plan.id)
    assert b"borger" not in (row.email or b"") + (row.mobile or b"")
    assert await contact_of(plan.id, VAULT) == BOTH


async def test_the_clinic_hears_that_something_is_new_and_so_does_the_one_that_was_left() -> None:
    plan = await a_plan()
    booking, slot = await booked(plan, notice_email="hold@klinik.example")
    other = await a_slot(await a_site(notice_email="anden@klinik.example"), LATER)
    await move(plan.id, booking.id, other.id, actor=CITIZEN, now=NOW, policy=POLICY)
    rows = await Message.filter(recipient=Recipient.SITE)
    assert sorted((row.template, row.site_id) for row in rows) == sorted(
        [("site_news", slot.site_id), ("site_news", slot.site_id), ("site_news", other.site_id)]
    )


async def test_an_occasion_is_told_once_and_only_with_its_change() -> None:
    plan = await a_plan()
    draft = Draft("once", "booked", Channel.EMAIL, Recipient.CITIZEN, plan=plan.id)
    async with transaction(Scope(plan=plan.id)):
        assert [await queue_message(draft, now=NOW), await queue_message(draft, now=NOW)] == [True, False]
    assert len(await messages_of(plan.id)) == 1


async def test_one_worker_has_a_message_at_a_time_and_marks_what_became_of_it() -> None:
    plan = await a_reachable_plan(Addresses("proeve@borger.example"))
    await booked(plan)
    (due,) = await due_messages(NOW, WAYS, night=False, limit=10)
    parcel = await claim(due, NOW)
    assert parcel is not None
    assert (parcel.true, parcel.starts_at, VAULT.open(parcel.email or b"")) == (True, LATER, b"proeve@borger.example")
    assert await claim(due, NOW) is None
    with pytest.raises(Busy):
        await resend_message(due.id, actor=CASEWORKER, now=NOW)
    assert await mark(parcel, MessageState.REFUSED, answer="550", next_at=NOW, now=NOW)
    assert not await mark(parcel, MessageState.SENT, answer="250", next_at=NOW, now=NOW)
    await resend_message(due.id, actor=CASEWORKER, now=NOW)
    assert [again.id for again in await due_messages(NOW, WAYS, night=False, limit=10)] == [due.id]
    await drop_message(due.id, actor=CASEWORKER, now=NOW, reason="Ringet op")
    with pytest.raises(MessageOver):
        await resend_message(due.id, actor=CASEWORKER, now=NOW)
    with pytest.raises(MessageUnknown):
        await drop_message(UUID(int=0), actor=CASEWORKER, now=NOW, reason="")


async def test_at_night_only_what_somebody_waits_for_is_due_and_only_by_ways_that_there_are() -> None:
    plan = await a_reachable_plan()
    await an_offered_booking(plan, await a_slot(await a_site(), NOW + timedelta(days=1)))
    await booked(plan, NOW + timedelta(days=3))
    soon = NOW + timedelta(days=2)
    by_day = await due_messages(soon, WAYS, night=False, limit=10)
    by_night = await due_messages(soon, WAYS, night=True, limit=10)
    assert (len(by_day), len(by_night)) == (4, 2)
    assert len(await due_messages(soon, [Channel.SMS], night=False, limit=10)) == 2
    assert len(await due_messages(soon, WAYS, night=False, limit=1)) == 1


async def test_what_is_not_true_any_more_is_seen_to_be_so() -> None:
    plan = await a_reachable_plan(Addresses("proeve@borger.example"))
    booking, _ = await booked(plan)
    await cancel(plan.id, booking.id, actor=CITIZEN, now=NOW, policy=POLICY)
    parcels = [await claim(due, NOW) for due in await due_messages(NOW, WAYS, night=False, limit=10)]
    assert {parcel.template: parcel.true for parcel in parcels if parcel} == {"booked": False, "cancelled": True}


@pytest.mark.parametrize("typed", ["00 00 00 00", "00000000", "+45 00000000", " (00) 00-00.00 ", "0045 00 00 00 00"])
def test_a_mobile_number_is_read_as_people_write_it(typed: str) -> None:
    assert clean_mobile(typed) == "+4500000000"


@pytest.mark.parametrize("typed", ["1234567", "123456789", "+0 12345678", "12 34 56 7x", "٠٠٠٠٠٠٠٠", "+" + "1" * 16])
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(MobileInvalid):
        read_addresses("", typed)


@pytest.mark.parametrize("typed", ["a@b", "a@b.dk\nBcc: c@d.dk", "a b@c.dk", "a@b.dk\x00", "å@b.dk", "<a@b.dk>"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(EmailInvalid):
        read_addresses(typed, "")
