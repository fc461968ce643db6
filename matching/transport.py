"""Who gets transport to rehabilitation paid: BEK 816/2018, as the municipalities' standards put it.

The citizen is entitled as a pensioner, when their condition rules out public transport, or when the training place is
more than 50 km from home. Then the cheapest responsible means is paid, if the round trip costs more than a threshold
that changes with the year. Whoever uses the free choice travels at their own expense, and gets at most what the trip
to the municipality's own place would have given: so both trips must be entitled, and cost more than the threshold.

Everything here is guidance: the municipality decides. What is not known is None, and makes the answer UNSURE.
"""

from dataclasses import dataclass
from enum import StrEnum

from providers.reference.catalogue import Threshold

FAR = 50_000.0
"""Metres from home by road."""

_LONGEST_ROAD = 2.0
"""How many times as long as the straight line we take a road to be at most; an assumption of ours."""


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Ground(StrEnum):
    PENSIONER = "pensioner"
    UNABLE = "unable"
    FAR = "far"


class Why(StrEnum):
    """What decides the answer. The first five are NO, then YES, then what is missing to say either."""

    NOT_ENTITLED = "not_entitled"
    TOO_CHEAP = "too_cheap"
    REFERENCE_NOT_ENTITLED = "reference_not_entitled"
    REFERENCE_TOO_CHEAP = "reference_too_cheap"
    PAID = "paid"
    GROUND_UNKNOWN = "ground_unknown"
    DISTANCE_UNCERTAIN = "distance_uncertain"
    THRESHOLD_UNKNOWN = "threshold_unknown"
    COST_UNKNOWN = "cost_unknown"
    REFERENCE_UNKNOWN = "reference_unknown"


@dataclass(frozen=True, slots=True)
class Traveller:
    """What the citizen says of themselves; None = they have not said."""

    pensioner: bool | None = None
    unable: bool | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    """`metres` one way in a straight line from home; `kroner` the round trip by the cheapest responsible means."""

    metres: float | None = None
    kroner: int | None = None


@dataclass(frozen=True, slots=True)
class Transport:
    """`limit` is the threshold in kroner, None when the year's is not known; `at_most` what is paid of a round trip."""

    answer: Answer
    why: Why
    grounds: tuple[Ground, ...]
    limit: int | None
    at_most: int | None


def transport(
    traveller: Traveller, trip: Trip, *, threshold: Threshold | None, reference: Trip | None = None
) -> Transport:
    """Whether the trip is paid. Under the free choice `reference` is the trip to the municipality's own place."""
    limit = _limit(traveller, threshold)
    why = _why(traveller, trip, reference, limit, unknown_year=threshold is None)
    paid = [costs for costs in (trip.kroner, reference.kroner if reference else None) if costs is not None]
    return Transport(
        answer=_answer(why),
        why=why,
        grounds=tuple(ground for ground, met in _grounds(traveller, trip) if met),
        limit=limit,
        at_most=min(paid) if why is Why.PAID else None,
    )


def _why(traveller: Traveller, trip: Trip, reference: Trip | None, limit: int | None, *, unknown_year: bool) -> Why:
    """What rules payment out comes first: no missing answer could change it."""
    entitled, costly = _entitled(traveller, trip), _costly(trip, limit)
    if entitled is False:
        return Why.NOT_ENTITLED
    if costly is False:
        return Why.TOO_CHEAP
    reference_entitled = reference is None or _entitled(traveller, reference)
    reference_costly = reference is None or _costly(reference, limit)
    if reference_entitled is False:
        return Why.REFERENCE_NOT_ENTITLED
    if reference_costly is False:
        return Why.REFERENCE_TOO_CHEAP
    if None in (traveller.pensioner, traveller.unable):
        return Why.GROUND_UNKNOWN
    if entitled is None:
        return Why.DISTANCE_UNCERTAIN
    if unknown_year:
        return Why.THRESHOLD_UNKNOWN
    if costly is None:
        return Why.COST_UNKNOWN
    return Why.PAID if reference_entitled and reference_costly else Why.REFERENCE_UNKNOWN


def _answer(why: Why) -> Answer:
    if why is Why.PAID:
        return Answer.YES
    return Answer.NO if list(Why).index(why) < list(Why).index(Why.PAID) else Answer.UNSURE


def _limit(traveller: Traveller, threshold: Threshold | None) -> int | None:
    """Pensioners have a lower one; who has not said whether they are is not told either."""
    if threshold is None or traveller.pensioner is None:
        return None
    return threshold.pensioner_kroner if traveller.pensioner else threshold.other_kroner


def _grounds(traveller: Traveller, trip: Trip) -> tuple[tuple[Ground, bool | None], ...]:
    return (
        (Ground.PENSIONER, traveller.pensioner),
        (Ground.UNABLE, traveller.unable),
        (Ground.FAR, _far(trip.metres)),
    )


def _entitled(traveller: Traveller, trip: Trip) -> bool | None:
    met = [value for _, value in _grounds(traveller, trip)]
    return True if True in met else None if None in met else False


def _far(metres: float | None) -> bool | None:
    """By road it is at least as far as in a straight line, so a line of more than 50 km is always enough."""
    if metres is None or FAR / _LONGEST_ROAD < metres <= FAR:
        return None
    return metres > FAR


def _costly(trip: Trip, limit: int | None) -> bool | None:
    return None if trip.kroner is None or limit is None else trip.kroner > limit
