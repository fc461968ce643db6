"""What a check has found: one line for a person, one object for a program."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` names what was looked at. `says` is what was seen and, when that is not `ok`, what to do."""

    check: str
    ok: bool
    says: str

    def __str__(self) -> str:
        return f"{'✓' if self.ok else '✗'} {self.check:<12} {self.says}"


def judged(check: str, faults: list[str], well: str) -> Finding:
    """The finding of a check that collects faults; `well` is said when there are none."""
    return Finding(check, not faults, " ".join(faults) or well)
