"""The four steps from a chosen time to the receipt."""

from dataclasses import dataclass

from portal.language import Language
from providers.words import N_

CHOOSE, CONFIRM, REVIEW, RECEIPT = 1, 2, 3, 4
_NAMES = (N_("Vælg tid"), N_("Bekræft, at det er dig"), N_("Gennemse og book"), N_("Kvittering"))


@dataclass(frozen=True, slots=True)
class Step:
    """`state` is done, current or ahead; `said` is how far one is, for those who do not see the line."""

    number: int
    name: str
    state: str
    said: str


def steps(current: int, spoken: Language) -> tuple[Step, ...]:
    """All steps, seen from the current one."""
    return tuple(
        Step(
            number=number,
            name=spoken.say(name),
            state="done" if number < current else "current" if number == current else "ahead",
            said=spoken.say("Trin %(number)s af %(total)s", number=number, total=len(_NAMES)),
        )
        for number, name in enumerate(_NAMES, 1)
    )
