"""What a list would do, and what is wrong with it, line by line."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.language import Language
from portal.presenting.forms import sentence_of
from providers.sheets.outcome import Outcome
from providers.sheets.reading import Bad


class BadLine(NamedTuple):
    where: str
    sentence: str


def outcome_lines(outcome: Outcome, spoken: Language) -> list[str]:
    """Nothing is said of what there is none of."""
    new, changed, same = outcome.new, outcome.changed, outcome.same
    counted = (
        (new, spoken.say_many("%(count)s linje er ny.", "%(count)s linjer er nye.", new)),
        (changed, spoken.say_many("%(count)s linje ændrer noget.", "%(count)s linjer ændrer noget.", changed)),
        (same, spoken.say_many("%(count)s linje er her i forvejen.", "%(count)s linjer er her i forvejen.", same)),
    )
    return [words for count, words in counted if count]


def bad_lines(bad: Sequence[Bad], spoken: Language) -> list[BadLine]:
    """In the order of the file."""
    return [BadLine(spoken.say("Linje %(line)s", line=one.line), sentence_of(one.error, spoken)) for one in bad]
