"""How a municipality is told of its cases: which channels it has, where they lead, and how it is proved who sends."""

from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlsplit

from matching.audit import audit
from matching.models import ChannelKind, ReportChannel
from matching.reports.credentials import Credentials, open_credentials, seal_credentials
from matching.reports.signing import new_secret
from providers.actors import Actor
from providers.database import execute, transaction
from providers.errors import GenvejError
from providers.scope import Scope
from providers.vault import Vault
from providers.words import N_

WEBHOOK = ChannelKind.WEBHOOK

# Whoever changes over to another channel gets there what was still waiting, but for what is under way.
_ADOPT = """
UPDATE report SET channel_id = $1, waits_for_id = NULL FROM plan
WHERE plan.id = report.plan_id AND plan.municipality_id = $2 AND report.channel_id IS NULL AND report.state = 'queued'
"""


class ChannelUnknown(GenvejError):
    code: ClassVar[str] = "channel_unknown"
    message: ClassVar[str] = N_("Kommunen har ikke den kanal.")


class ChannelIncomplete(GenvejError):
    """`details["field"]` is `url`, `token` or `email`."""

    code: ClassVar[str] = "channel_incomplete"
    message: ClassVar[str] = N_("Skriv en hel adresse: https:// foran for et system, eller en e-mail for en besked.")


async def set_webhook(municipality_code: str, url: str, secret: str, *, vault: Vault) -> ReportChannel:
    """Send the municipality's reports there from now on; `secret` is as `matching.reports.signing.new_secret` makes it.

    Reports that are still queued for an earlier address, or that waited for there to be one, go to the new one.
    """
    return await _save(municipality_code, WEBHOOK, url, Credentials(secret=secret), vault)


async def set_channel(
    kind: ChannelKind, url: str, credentials: Credentials, *, actor: Actor, now: datetime, vault: Vault
) -> ReportChannel:
    """Open or change a channel of the actor's municipality; reports that waited for there to be one go there.

    Raises ChannelIncomplete for an address that leads nowhere.
    """
    _check_address(kind, url)
    municipality = actor.scope.municipality
    if municipality is None:
        raise ChannelUnknown
    channel = await _save(municipality, kind, url, credentials, vault)
    await audit("channel_set", actor=actor, now=now, purpose="reporting", criterion=kind.value)
    return channel


async def switch_channel(kind: ChannelKind, *, active: bool, actor: Actor, now: datetime) -> ReportChannel:
    """Put a channel to use or to rest; what is queued for it stays, and goes on when it is in use again."""
    async with transaction(actor.scope):
        channel = await _channel(kind, actor)
        channel.active = active
        await channel.save(update_fields=["active"])
        await audit("channel_switched", actor=actor, now=now, purpose="reporting", criterion=kind.value)
    return channel


async def rotate_secret(*, overlap: timedelta, actor: Actor, now: datetime, vault: Vault) -> str:
    """A new secret for the webhook, which is shown once; for the `overlap` reports carry both signatures."""
    secret = new_secret()
    async with transaction(actor.scope):
        channel = await _channel(WEBHOOK, actor)
        rotated = open_credentials(channel.secret, vault).rotated(secret, now + overlap)
        channel.secret = seal_credentials(rotated, vault)
        await channel.save(update_fields=["secret"])
        await audit("channel_secret_rotated", actor=actor, now=now, purpose="reporting", criterion=WEBHOOK.value)
    return secret


async def channels_of(actor: Actor) -> list[ReportChannel]:
    """The channels of the actor's municipality, by kind."""
    return await ReportChannel.filter(municipality_id=actor.scope.municipality).order_by("kind")


async def _channel(kind: ChannelKind, actor: Actor) -> ReportChannel:
    wanted = ReportChannel.filter(municipality_id=actor.scope.municipality, kind=kind)
    channel = await wanted.select_for_update().first()
    if channel is None:
        raise ChannelUnknown
    return channel


async def _save(
    municipality: str, kind: ChannelKind, url: str, credentials: Credentials, vault: Vault
) -> ReportChannel:
    async with transaction(Scope(municipality=municipality)):
        channel, _ = await ReportChannel.update_or_create(
            municipality_id=municipality,
            kind=kind,
            defaults={"url": url, "secret": seal_credentials(credentials, vault), "active": True},
        )
        if kind is not ChannelKind.FEED:
            await execute(_ADOPT, channel.id, municipality)
    return channel


def _check_address(kind: ChannelKind, url: str) -> None:
    parts = urlsplit(url)
    match kind:
        case ChannelKind.FEED:
            good = not url
        case ChannelKind.NOTICE:
            good = parts.scheme == "mailto" and "@" in parts.path and not parts.path.startswith("@")
        case _:
            good = parts.scheme in {"https", "http"} and bool(parts.hostname)
    if not good:
        raise ChannelIncomplete(field="email" if kind is ChannelKind.NOTICE else "url")
