"""Where the demo's reports go."""

from matching.reports.channels import WEBHOOK
from providers.database import execute
from providers.vault import Vault

_CHANNELS = """
INSERT INTO report_channel (municipality_id, kind, url, secret, active)
SELECT code, $1, $2, $3, true FROM municipality WHERE is_municipality ORDER BY code
ON CONFLICT (municipality_id, kind) DO UPDATE SET url = excluded.url, secret = excluded.secret, active = true
"""


async def add_channels(url: str, secret: str, vault: Vault) -> None:
    """Every municipality has its reports sent to one receiver, the demo's own; asked again, the address is changed."""
    await execute(_CHANNELS, WEBHOOK, url, vault.seal(secret.encode()))
