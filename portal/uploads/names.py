"""A file that was taken, and what may be kept of the name that somebody gave it."""

import unicodedata
from dataclasses import dataclass, field

from portal.uploads.kinds import Kind

_LONGEST = 80
_ENDINGS = {Kind.JPEG: "jpg"}


@dataclass(frozen=True, slots=True)
class Upload:
    """`name` is for people to recognise it by, and never a place to keep it at."""

    name: str
    kind: Kind
    content: bytes = field(repr=False)

    @property
    def full_name(self) -> str:
        """The name with the ending that its content has earned: `bevis.pdf`."""
        return f"{self.name}.{_ENDINGS.get(self.kind, self.kind.value)}"


def file_name(given: str) -> str:
    """The last part of a path without its ending, in letters, figures, spaces and `._-` only; `fil` if none are left.

    `..\\..\\Mit bevis.pdf.exe` → `Mit bevis.pdf`. Control and format characters, which turn a line of text around, go.
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    plain = unicodedata.normalize("NFC", stem)
    kept = "".join(letter if letter.isalnum() or letter in " ._-" else "" for letter in plain)
    return kept.strip(" .")[:_LONGEST].rstrip(" .") or "fil"
