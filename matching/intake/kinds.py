"""Plan types and levels as they are written: national codes, our own words, and the hospitals' Danish ones."""

from collections.abc import Mapping

from matching.national_codes import LEVEL_CODES, PLAN_TYPE_CODES
from matching.plan_facts import Level, PlanType
from providers.reference.spelling import spelled_out

PLAN_TYPES: Mapping[str, PlanType] = {
    **{national.code: kind for kind, national in PLAN_TYPE_CODES.items()},
    **{kind.value: kind for kind in PlanType},
}
LEVELS: Mapping[str, Level] = {
    **{national.code: level for level, national in LEVEL_CODES.items()},
    **{level.value: level for level in Level},
}
_LEVEL_WORDS = {"basal": Level.BASIC, "basic": Level.BASIC, "avanceret": Level.ADVANCED, "advanced": Level.ADVANCED}


def plan_type_of(said: str) -> PlanType | None:
    """The plan type that a code or a text names: "Rehabilitering på specialiseret niveau". None = unknown."""
    text = spelled_out(said)
    if text in PLAN_TYPES:
        return PLAN_TYPES[text]
    # "Rehabilitering på specialiseret niveau" says "specialiseret" too.
    if "rehab" in text:
        return PlanType.SPECIALISED_REHABILITATION
    if "special" in text:
        return PlanType.SPECIALISED
    return PlanType.GENERAL if any(word in text for word in ("almen", "almindelig", "general", *_LEVEL_WORDS)) else None


def level_of(said: str) -> Level | None:
    """The level that a code or a text names, if it names exactly one."""
    text = spelled_out(said)
    if text in LEVELS:
        return LEVELS[text]
    named = {level for word, level in _LEVEL_WORDS.items() if word in text}
    return named.pop() if len(named) == 1 else None
