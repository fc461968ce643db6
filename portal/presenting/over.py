"""For a course that can no longer be chosen: why, and what one does instead. The four ways would all say the same."""

from collections.abc import Mapping
from types import MappingProxyType

from matching.states import PlanState
from portal.language import Language
from providers.words import N_

_WORDS: Mapping[PlanState, str] = MappingProxyType(
    {
        PlanState.STARTED: N_("Din genoptræning er i gang. Vil du skifte sted nu, så ring til din kommune."),
        PlanState.COMPLETED: N_("Din genoptræning er afsluttet. Er du i tvivl om noget, så ring til din kommune."),
        PlanState.STOPPED: N_("Din genoptræning er stoppet. Er det en fejl, så ring til din kommune."),
        PlanState.ERROR: N_("Planen blev sendt ved en fejl og gælder ikke. Er du i tvivl, så ring til din kommune."),
    }
)


def over_words(state: PlanState, spoken: Language) -> str:
    """Empty while the citizen can still choose."""
    return spoken.say(_WORDS[state]) if state in _WORDS else ""
