"""Papers are sealed at rest: they show names, and what people have studied."""

from providers.database import execute, fetch
from providers.sealed_columns import SealedColumn
from providers.vault import Vault

PAPERS = SealedColumn("evidence", "content", most=4)
"""Ten megabytes each."""

SEALED = b"gAAAA"
"""How everything that the vault seals begins, and no PDF, PNG or JPEG."""

_OPEN = "SELECT id, content FROM evidence WHERE substring(content FROM 1 FOR 5) <> $1 ORDER BY id LIMIT 1"


def open_paper(content: bytes, vault: Vault) -> bytes:
    """What was handed in; papers of before they were sealed lie as they are until the keys are changed."""
    return vault.open(content) if content.startswith(SEALED) else content


async def seal_papers(vault: Vault) -> int:
    """Seal those of before, one after the other; the answer counts them. As the owner."""
    sealed = 0
    while rows := await fetch(_OPEN, SEALED):
        ((number, content),) = rows
        await execute("UPDATE evidence SET content = $2 WHERE id = $1", number, vault.seal(content))
        sealed += 1
    return sealed
