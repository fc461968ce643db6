"""What was found in a message, in words."""

from collections.abc import Iterable

from matching.intake.findings import Finding
from matching.intake.words import WORDS
from portal.language import Language


def say_finding(finding: Finding, spoken: Language) -> str:
    """The sentence about one finding."""
    return spoken.say(WORDS[finding.problem], place=finding.place)


def say_faults(findings: Iterable[Finding], spoken: Language) -> list[str]:
    """Why a plan could not be read."""
    return [say_finding(finding, spoken) for finding in findings if finding.problem.stops]


def say_notes(findings: Iterable[Finding], spoken: Language) -> list[str]:
    """What is worth knowing of a plan all the same."""
    return [say_finding(finding, spoken) for finding in findings if not finding.problem.stops]
