"""Where the citizen is told, in words: only the ways that there are, and addresses that a neighbour cannot read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from matching.messages import Addresses
from matching.messages.remedies import Told
from matching.models import Channel, MessageState, Recipient
from portal.language import Language
from providers.words import N_

EMAIL, MOBILE = "email", "mobil"


@dataclass(frozen=True, slots=True)
class ContactField:
    """One input of the form."""

    name: str
    label: str
    type: str
    autocomplete: str
    hint: str
    value: str


@dataclass(frozen=True, slots=True)
class Contact:
    """`possible`: there is a way by which people can be told. `trouble` is what could not be sent, and why not."""

    possible: bool
    sentence: str
    trouble: str


_TROUBLE = {
    Channel.EMAIL: N_("Vi kunne ikke sende til din e-mail. Se, om adressen er skrevet rigtigt."),
    Channel.SMS: N_("Vi kunne ikke sende til din mobil. Se, om nummeret er skrevet rigtigt."),
}


def contact_fields(typed: Addresses, channels: Collection[Channel], spoken: Language) -> tuple[ContactField, ...]:
    """The fields for the ways that there are; `typed` may be anything that somebody typed."""
    email = ContactField(
        EMAIL, spoken.say("E-mail"), "email", "email", spoken.say("For eksempel navn@sted.dk"), typed.email or ""
    )
    mobile = ContactField(
        MOBILE, spoken.say("Mobilnummer"), "tel", "tel", spoken.say("8 cifre. Vi sender en SMS."), typed.mobile or ""
    )
    return tuple(field for channel, field in ((Channel.EMAIL, email), (Channel.SMS, mobile)) if channel in channels)


def contact(addresses: Addresses, told: Sequence[Told], channels: Collection[Channel], spoken: Language) -> Contact:
    """What the citizen's own page says of it."""
    places = [place for place in (_masked_email(addresses.email), _masked_mobile(addresses.mobile)) if place]
    sentence = (
        spoken.say("Vi skriver til %(places)s, og minder dig om tiden 7 dage og 1 dag før.", places=" · ".join(places))
        if places
        else spoken.say("Vi har ikke din e-mail eller dit mobilnummer, så vi minder dig ikke om tiden.")
    )
    return Contact(bool({Channel.EMAIL, Channel.SMS} & set(channels)), sentence, _trouble(addresses, told, spoken))


def doctor_words(booking_id: UUID, told: Sequence[Told], channels: Collection[Channel], spoken: Language) -> str:
    """Whether the doctor hears of this time; what cannot be done from here is said, and not hidden."""
    copies = [one for one in told if one.recipient is Recipient.DOCTOR and one.booking_id == booking_id]
    if copies and copies[-1].state is MessageState.SENT:
        return spoken.say("Din læge har fået en kopi af dit valg.")
    if copies and copies[-1].state is MessageState.QUEUED:
        return spoken.say("Din læge får en kopi af dit valg.")
    if copies or Channel.DOCTOR not in channels:
        return spoken.say("Vi kan ikke sende en kopi til din læge herfra. Skal lægen have den, så udskriv tiden.")
    return ""


def _trouble(addresses: Addresses, told: Sequence[Told], spoken: Language) -> str:
    """The newest attempt by each way decides; what was refused by an address that is gone troubles nobody."""
    ways = {Channel.EMAIL: addresses.email, Channel.SMS: addresses.mobile}
    for channel, sentence in _TROUBLE.items():
        tried = [one for one in told if one.channel is channel and one.recipient is Recipient.CITIZEN and one.attempts]
        if ways[channel] and tried and tried[-1].state in {MessageState.REFUSED, MessageState.GIVEN_UP}:
            return spoken.say(sentence)
    return ""


def _masked_email(email: str | None) -> str:
    """`p•••@borger.example`."""
    if email is None:
        return ""
    name, _, host = email.partition("@")
    return f"{name[:1]}•••@{host}"


def _masked_mobile(mobile: str | None) -> str:
    """`•• •• •• 12`."""
    return f"•• •• •• {mobile[-2:]}" if mobile else ""
