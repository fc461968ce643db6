"""Why a site cannot be asked to ring."""

from typing import ClassVar

from providers.errors import GenvejError
from providers.words import N_


class CallError(GenvejError):
    """Nothing was changed."""


class CallNotNeeded(CallError):
    code: ClassVar[str] = "call_not_needed"
    message: ClassVar[str] = N_("Du kan kun bede et sted om at ringe, mens du selv kan vælge en tid og ikke har en.")


class SiteCannotHelp(CallError):
    code: ClassVar[str] = "place_cannot_help"
    message: ClassVar[str] = N_("Stedet kan ikke give dig din genoptræning. Vælg et af de andre steder.")


class CallAskedAlready(CallError):
    code: ClassVar[str] = "call_asked_already"
    message: ClassVar[str] = N_("Du har allerede bedt et sted om at ringe. Fortryd det, før du beder et andet.")
    constraint: ClassVar[str | None] = "call_back_one_open_per_plan"


class CallUnknown(CallError):
    code: ClassVar[str] = "call_unknown"
    message: ClassVar[str] = N_("Opkaldet findes ikke længere. Borgeren kan have fortrudt.")
