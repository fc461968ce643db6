"""How the citizen reads where reports and messages about them went, by what, and what became of them."""

from collections.abc import Mapping
from types import MappingProxyType

from matching.models import Channel, MessageState, Recipient, ReportState
from providers.words import N_

REPORT_WORDS: Mapping[ReportState, str] = MappingProxyType(
    {
        ReportState.QUEUED: N_("på vej"),
        ReportState.SENT: N_("sendt"),
        ReportState.DELIVERED: N_("modtaget"),
        ReportState.REFUSED: N_("afvist af modtageren"),
        ReportState.GIVEN_UP: N_("kunne ikke afleveres"),
        ReportState.DROPPED: N_("ikke sendt"),
    }
)

RECIPIENT_WORDS: Mapping[Recipient, str] = MappingProxyType(
    {
        Recipient.CITIZEN: N_("Til dig"),
        Recipient.DOCTOR: N_("Til din læge"),
        Recipient.SITE: N_("Til genoptræningsstedet"),
        Recipient.ACCOUNT: N_("Til en medarbejder"),
        Recipient.ADDRESS: N_("Til en medarbejder"),
    }
)

CHANNEL_WORDS: Mapping[Channel, str] = MappingProxyType(
    {
        Channel.EMAIL: N_("e-mail"),
        Channel.SMS: N_("sms"),
        Channel.DIGITAL_POST: N_("Digital Post"),
        Channel.DOCTOR: N_("besked mellem sundhedssystemer"),
        Channel.PRINT: N_("brev på papir"),
    }
)

MESSAGE_WORDS: Mapping[MessageState, str] = MappingProxyType(
    {
        MessageState.QUEUED: N_("på vej"),
        MessageState.SENT: N_("sendt"),
        MessageState.REFUSED: N_("afvist af modtageren"),
        MessageState.GIVEN_UP: N_("kunne ikke afleveres"),
        MessageState.DROPPED: N_("ikke sendt"),
    }
)
