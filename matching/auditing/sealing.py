"""The look-up log is sealed in batches, after its entries were written and without making a writer wait."""

from datetime import datetime

import structlog

from matching.auditing.hashing import sign
from providers.database import execute, fetch_one, transaction
from providers.vault import Vault

log = structlog.get_logger(__name__)

# Few enough that a seal, which names each of its entries, stays a small row.
_MOST = 1000


async def seal_entries(vault: Vault, now: datetime, *, most: int = _MOST) -> int:
    """Seal every entry that waits, at most `most` under one seal; the answer counts the entries.

    Whoever comes while another one is sealing leaves it to them.
    """
    sealed = 0
    while batch := await _seal_batch(vault, now, most):
        sealed += batch
    return sealed


async def _seal_batch(vault: Vault, now: datetime, most: int) -> int:
    async with transaction():
        draft = await fetch_one("SELECT ids, hash FROM draft_audit_seal($1, $2)", now, most)
        if draft is None or draft["ids"] is None:
            return 0
        ids, signed = draft["ids"], draft["hash"]
        await execute("SELECT add_audit_seal($1, $2, $3, $4)", ids, now, signed, sign(vault, signed))
    # Logs are kept elsewhere: whoever shortens the chain would have to change them as well.
    log.info("audit_sealed", entries=len(ids), head=signed.hex())
    return len(ids)
