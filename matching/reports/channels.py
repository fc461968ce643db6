"""Where a municipality's system takes its reports, and the secret that both sides share."""

from matching.models import ReportChannel
from providers.vault import Vault

WEBHOOK = "webhook"


async def set_webhook(municipality_code: str, url: str, secret: str, *, vault: Vault) -> ReportChannel:
    """Send the municipality's reports there from now on; `secret` is as `matching.reports.signing.new_secret` makes it.

    Reports that are still queued for an earlier address go to the new one.
    """
    channel, _ = await ReportChannel.update_or_create(
        municipality_id=municipality_code,
        kind=WEBHOOK,
        defaults={"url": url, "secret": vault.seal(secret.encode()), "active": True},
    )
    return channel
