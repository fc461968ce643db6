"""The settings of the ways by which people are told: what is not set is not there, and pages say so."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from matching.models import Channel
from matching.reports.formats.carecommunication import Author, Sender
from matching.reports.formats.facts import Organisation
from portal.messages.config import Gateway, MailServer, MessageConfig, Tls

if TYPE_CHECKING:
    from portal.settings import Settings


class MessageSettings(BaseSettings):
    """Part of `portal.settings.Settings`."""

    mail_host: str = Field(default="", description="The SMTP server that takes our e-mail. Empty = none is sent.")
    mail_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    mail_tls: Tls = Field(
        default=Tls.STARTTLS, description="`starttls`, `tls` from the first byte, or `none`, on this machine only."
    )
    mail_user: str = Field(default="", description="Whom we log in as there; empty = without.")
    mail_password: SecretStr | None = Field(default=None, description="The password for it.")
    mail_from: str = Field(default="", description="The sender. Empty = `genvej@` and the host of the public address.")
    sms_url: str = Field(default="", description="The gateway that takes our SMS. Empty = none is sent.")
    sms_token: SecretStr | None = Field(default=None, description="What we show it, as a bearer token.")
    sms_from: str = Field(default="Genvej", max_length=11, description="The sender of an SMS.")
    digital_post_url: str = Field(default="", description="The gateway to Digital Post. Empty = letters are printed.")
    digital_post_token: SecretStr | None = Field(default=None, description="What we show it, as a bearer token.")
    doctor_url: str = Field(default="", description="The gateway to people's own doctors. Empty = they get no copies.")
    doctor_token: SecretStr | None = Field(default=None, description="What we show it, as a bearer token.")
    medcom_sor: str = Field(default="", pattern="^[0-9]*$", description="Our SOR number in messages of MedCom's.")
    medcom_gln: str = Field(default="", pattern="^[0-9]*$", description="Our GLN number in them.")
    message_folder: Path | None = Field(
        default=None, description="Development only: messages that have no other way are written here as files."
    )


def messages_of(settings: "Settings") -> MessageConfig:
    """The ways that there are, in the form in which the sending takes them."""
    return MessageConfig(
        public_url=settings.public_url,
        help_phone=settings.help_phone,
        mail=_mail(settings),
        sms=_gateway(settings.sms_url, settings.sms_token),
        sms_from=settings.sms_from,
        digital_post=_gateway(settings.digital_post_url, settings.digital_post_token),
        doctor=_gateway(settings.doctor_url, settings.doctor_token),
        folder=settings.message_folder,
    )


def medcom_sender(settings: "Settings") -> Sender:
    """Who we are in MedCom's messages; without both numbers none can be written."""
    phone = "".join(filter(str.isdigit, settings.help_phone))
    ours = Organisation("Genvej", settings.medcom_sor or None, settings.medcom_gln or None)
    return Sender(ours, Author("Genvej", "Portalen", "Automatisk besked", phone))


def channels_of(settings: "Settings") -> frozenset[Channel]:
    """The ways by which something can be sent."""
    return messages_of(settings).channels


def _mail(settings: "Settings") -> MailServer | None:
    if not settings.mail_host:
        return None
    sender = settings.mail_from or f"genvej@{urlsplit(settings.public_url).hostname}"
    password = settings.mail_password.get_secret_value() if settings.mail_password else ""
    return MailServer(settings.mail_host, settings.mail_port, settings.mail_tls, settings.mail_user, password, sender)


def _gateway(url: str, token: SecretStr | None) -> Gateway | None:
    return Gateway(url, token.get_secret_value() if token else "") if url else None
