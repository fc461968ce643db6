"""What can be wrong with a seal, and with the entries that it covers. No I/O."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matching.auditing.hashing import BLANKED, Row, entry_hash, personal_hash, root_of, seal_hash, signed_by
from providers.vault import Vault

_SENTENCES = {
    "entry_changed": "Entry {number} is not what was written.",
    "entry_missing": "Entry {number} is missing.",
    "entry_added": "Entry {number} was added past the log: no seal covers it, and it does not wait for one.",
    "seal_changed": "Seal {number} is not what was sealed.",
    "seal_missing": "Seal {number} is missing, and with it any that stood between it and the next one.",
    "seal_misplaced": "Seal {number} does not follow from the seal before it.",
    "seal_unsigned": "Seal {number} is not signed with any of this portal's keys.",
    "blanked_unrecorded": "{number} more entries are blanked than the log itself says were.",
    "head_missing": "The expected head is not in the chain: its end was cut off, or all of it replaced.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind` is a stable slug; `number` is the entry's or the seal's, or a count."""

    kind: str
    number: int = 0

    def __str__(self) -> str:
        return _SENTENCES[self.kind].format(number=self.number)


def seal_faults(seal: Row, *, last: int, head: bytes, vault: Vault) -> Iterator[Fault]:
    """What is wrong with a seal that comes after the one with number `last` and hash `head`."""
    number = seal["id"]
    if number > last + 1:
        yield Fault("seal_missing", last + 1)
    elif number != last + 1 or seal["previous"] != head:
        yield Fault("seal_misplaced", number)
    if not _is_whole(seal):
        yield Fault("seal_changed", number)
    if signed_by(vault, seal) is None:
        yield Fault("seal_unsigned", number)


def entry_faults(seal: Row, entries: Mapping[int, Row]) -> Iterator[Fault]:
    """Which of a seal's entries are gone, or are no longer what was sealed."""
    for number, leaf in zip(seal["entry_ids"], seal["leaves"], strict=False):
        entry = entries.get(number)
        if entry is None:
            yield Fault("entry_missing", number)
        elif entry_hash(entry) != leaf or not _is_true_to_its_hash(entry):
            yield Fault("entry_changed", number)


def _is_whole(seal: Row) -> bool:
    """A seal's parts say the same: its list of entries, its root and its own hash."""
    numbers, leaves = seal["entry_ids"], seal["leaves"]
    if len(numbers) != len(leaves) or seal["entries"] != len(numbers) or not numbers:
        return False
    ends = (numbers[0], numbers[-1]) == (seal["first_entry"], seal["last_entry"])
    return ends and seal["root"] == root_of(numbers, leaves) and seal["hash"] == seal_hash(seal)


def _is_true_to_its_hash(entry: Row) -> bool:
    """The personal part is the one that was written, or is gone altogether together with its salt."""
    if entry["salt"] is None:
        return (entry["person"], entry["plan_id"], entry["criterion"]) == (BLANKED, None, None)
    return bool(personal_hash(entry) == entry["personal_hash"])
