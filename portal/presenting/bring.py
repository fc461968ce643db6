"""What to bring to a first contact, wherever it is."""

from portal.language import Language
from providers.words import N_

_THINGS = (
    N_("Dit sundhedskort"),
    N_("Genoptræningsplanen fra hospitalet, hvis du har den på papir"),
    N_("Tøj og sko, som du kan bevæge dig i"),
    N_("Briller, høreapparat, stok eller rollator, hvis du bruger det"),
    N_("Navnene på den medicin, du tager"),
)


def bring(spoken: Language) -> tuple[str, ...]:
    """A short list."""
    return tuple(spoken.say(thing) for thing in _THINGS)
