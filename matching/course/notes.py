"""Words about an event of a course: sealed, for the clinic and the home municipality."""

from matching.course.errors import NoteMissing, NoteTooLong
from matching.models import CaseEvent
from providers.database import execute
from providers.vault import Vault

LONGEST = 2000


def checked(text: str, *, needed: bool) -> str:
    """The words without the space around them; raises NoteMissing or NoteTooLong."""
    words = text.strip()
    if needed and not words:
        raise NoteMissing
    if len(words) > LONGEST:
        raise NoteTooLong
    return words


async def keep_note(event: CaseEvent, words: str, vault: Vault) -> None:
    """Store what was written with an event; nothing for no words."""
    if words:
        statement = "INSERT INTO course_note (plan_id, event_id, text) VALUES ($1, $2, $3)"
        await execute(statement, event.plan_id, event.id, vault.seal(words.encode()))


def open_note(sealed: bytes, vault: Vault) -> str:
    """The words again. Whoever calls this writes to the look-up log."""
    return vault.open(sealed).decode()
