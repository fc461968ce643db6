"""Keeping `locale/en.po` in step with the sentences of the code and the templates: `python -m portal.translating`.

The command adds new sentences without a translation and drops those that nobody says any more; it never guesses one.
A test fails until every sentence has its translation.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

_ROOT = Path(__file__).parent.parent
_FLOORS = ("portal", "matching", "providers")
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
_OPTIONS = {"templates/**.html": {"encoding": "utf-8", "newstyle_gettext": "true"}}
_KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "say": None,
    "say_many": (1, 2),
}
ENGLISH = Path(__file__).parent / "locale/en.po"


def sentences() -> Catalog:
    """Every Danish sentence that a person or a program may be shown, with the files that say it."""
    said = Catalog(fuzzy=False)
    for floor in _FLOORS:
        found = extract_from_dir(
            _ROOT / floor, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS, directory_filter=_is_ours
        )
        for file, _, message, _, _ in found:
            said.add(message, locations=[(f"{floor}/{file}", 0)])
    return said


def english() -> Catalog:
    """The translation as it stands in the file."""
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def merged() -> Catalog:
    """What the file should hold: every sentence that is said, and no other, each with the translation it has."""
    known, updated = english(), Catalog(locale="en", fuzzy=False, header_comment="# English translations of Genvej.")
    for message in sentences():
        if message.id:
            earlier = known.get(message.id)
            updated.add(message.id, earlier.string if earlier else None, locations=message.locations)
    return updated


def update() -> list[str]:
    """Bring the file up to date; the answer is the Danish sentences that still lack their English one."""
    updated = merged()
    ENGLISH.write_bytes(text_of(updated))
    return [_singular(message.id) for message in updated if message.id and not is_translated(message.string)]


def is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    """Whether a translation, or each of its numbers, says anything."""
    return all(string) if isinstance(string, tuple | list) else bool(string)


def text_of(catalogue: Catalog) -> bytes:
    """The file's bytes: in one order, without line numbers or dates, so that it changes only when a sentence does."""
    written = BytesIO()
    write_po(written, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)
    kept = [line for line in written.getvalue().decode().splitlines() if not line.startswith(_LEFT_OUT)]
    return ("\n".join(kept).rstrip() + "\n").encode()


_LEFT_OUT = (
    '"POT-Creation-Date',
    '"PO-Revision-Date',
    '"Last-Translator',
    '"Generated-By',
    '"Report-Msgid',
    '"Project-Id',
    '"Language-Team',
)


def _singular(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _is_ours(folder: str) -> bool:
    return Path(folder).name not in {"__pycache__", "node_modules"}


if __name__ == "__main__":
    for sentence in update():
        print(sentence)  # noqa: T201 - what is left to do is the command's answer.
