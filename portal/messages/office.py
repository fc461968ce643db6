"""The post office: every way that is set up, and what a message needs on it."""

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import httpx

from matching.messages.contacts import StopUnknown
from matching.models import Channel
from matching.policy import Policy
from portal.messages.config import MessageConfig
from portal.messages.folder import FolderWay
from portal.messages.gateways import GatewayWay
from portal.messages.mail import MailWay
from portal.messages.ways import Way
from providers.vault import Vault


@dataclass(frozen=True, slots=True)
class Office:
    """What a process needs to tell people; no new attempt begins once `stop` is set."""

    ways: Mapping[Channel, Way]
    config: MessageConfig
    vault: Vault
    policy: Policy
    stop: asyncio.Event = field(default_factory=asyncio.Event)


def open_office(
    config: MessageConfig,
    client: httpx.AsyncClient,
    *,
    vault: Vault,
    policy: Policy,
    stop: asyncio.Event | None = None,
) -> Office:
    """`client` is one that goes through the guard of `providers.outgoing`."""
    ways: dict[Channel, Way] = {} if config.folder is None else dict.fromkeys(config.channels, FolderWay(config.folder))
    if config.mail:
        ways[Channel.EMAIL] = MailWay(config.mail)
    if config.sms:
        ways[Channel.SMS] = GatewayWay(client, config.sms, config.sms_from)
    if config.digital_post:
        ways[Channel.DIGITAL_POST] = GatewayWay(client, config.digital_post)
    if config.doctor:
        ways[Channel.DOCTOR] = GatewayWay(client, config.doctor)
    return Office(ways, config, vault, policy, stop or asyncio.Event())


def stop_address(public_url: str, token: UUID) -> str:
    """The way out that stands in a message: short enough for an SMS."""
    return f"{public_url}/stop/{urlsafe_b64encode(token.bytes).decode().rstrip('=')}"


def read_stop_token(text: str) -> UUID:
    """The token of such an address; raises StopUnknown for text that is none."""
    try:
        return UUID(bytes=urlsafe_b64decode(f"{text}=="))
    except ValueError as error:
        raise StopUnknown from error
