"""Why nobody can be told when a time comes."""

from typing import ClassVar

from providers.errors import GenvejError
from providers.words import N_


class WatchError(GenvejError):
    """Nothing was changed."""


class NothingToWaitFor(WatchError):
    code: ClassVar[str] = "nothing_to_wait_for"
    message: ClassVar[str] = N_("Du kan kun få besked om ledige tider, mens du selv kan vælge en og ikke har en.")


class NowhereToTell(WatchError):
    code: ClassVar[str] = "nowhere_to_tell"
    message: ClassVar[str] = N_("Skriv din e-mail eller dit mobilnummer, så vi kan give dig besked.")


class TooManyWatches(WatchError):
    code: ClassVar[str] = "too_many_watches"
    message: ClassVar[str] = N_("Du kan vente på højst 3 ting ad gangen. Stop en af dem først.")
    constraint: ClassVar[str | None] = "watch_three_at_most"
