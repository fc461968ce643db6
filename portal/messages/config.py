"""By which ways people can be told, and where these begin."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from matching.models import Channel


class Tls(StrEnum):
    """How the way to the mail server is kept private."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """An SMTP server that takes our mail; `user` empty = without logging in. `sender` is a bare address."""

    host: str
    port: int
    tls: Tls
    user: str
    password: str
    sender: str


@dataclass(frozen=True, slots=True)
class Gateway:
    """A program that takes messages as JSON over https, and passes them on (`portal/messages/gateways.py`)."""

    url: str
    token: str


@dataclass(frozen=True, slots=True)
class MessageConfig:
    """What is None is not there. `folder` stands in for every way that is not, while things are tried out."""

    public_url: str
    help_phone: str
    mail: MailServer | None = None
    sms: Gateway | None = None
    sms_from: str = "Genvej"
    digital_post: Gateway | None = None
    doctor: Gateway | None = None
    folder: Path | None = None

    @property
    def channels(self) -> frozenset[Channel]:
        """The ways by which something can be sent."""
        ways = {
            Channel.EMAIL: self.mail,
            Channel.SMS: self.sms,
            Channel.DIGITAL_POST: self.digital_post,
            Channel.DOCTOR: self.doctor,
        }
        return frozenset(channel for channel, way in ways.items() if way or self.folder)
