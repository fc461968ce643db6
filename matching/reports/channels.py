"""Where a municipality's system takes its reports, and the secret that both sides share."""

from matching.models import ChannelKind, ReportChannel
from providers.database import execute, transaction
from providers.scope import Scope
from providers.vault import Vault

WEBHOOK = ChannelKind.WEBHOOK

_ADOPT = """
UPDATE report SET channel_id = $1, waits_for_id = NULL, feed_position = NULL
WHERE waits_for_id = $2 AND state = 'queued'
"""


async def set_webhook(municipality_code: str, url: str, secret: str, *, vault: Vault) -> ReportChannel:
    """Send the municipality's reports there from now on; `secret` is as `matching.reports.signing.new_secret` makes it.

    Reports that are still queued for an earlier address, or that waited for there to be one, go to the new one.
    """
    async with transaction(Scope(municipality=municipality_code)):
        channel, _ = await ReportChannel.update_or_create(
            municipality_id=municipality_code,
            kind=WEBHOOK,
            defaults={"url": url, "secret": vault.seal(secret.encode()), "active": True},
        )
        await execute(_ADOPT, channel.id, municipality_code)
    return channel
