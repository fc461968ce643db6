"""Why a case is here, in one sentence for the municipality's staff."""

from collections.abc import Mapping
from types import MappingProxyType

from matching.cases import Case
from matching.plan_facts import PlanType
from matching.rights import Reason
from matching.states import BookingState, PlanState
from portal.language import Language
from portal.presenting.dates import short_date
from providers.words import N_

_OVER: Mapping[PlanState, str] = MappingProxyType(
    {
        PlanState.COMPLETED: N_("Forløbet er afsluttet."),
        PlanState.STOPPED: N_("Forløbet er stoppet."),
        PlanState.ERROR: N_("Planen var sendt ved en fejl og gælder ikke."),
    }
)
_UNASSESSED = frozenset({PlanState.RECEIVED, PlanState.HANDED_BACK})
_ARISEN: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.CANNOT_OFFER: N_("I kan ikke tilbyde en tid inden fristen, så borgeren kan også vælge et privat sted."),
        Reason.OFFERED_TOO_LATE: N_("Jeres tilbud ligger efter fristen, så borgeren kan også vælge et privat sted."),
        Reason.DEADLINE_PASSED: N_("Fristen gik uden et tilbud, så borgeren kan også vælge et privat sted."),
    }
)


def standing(case: Case, spoken: Language, *, busy: bool, handed_to: str = "") -> str:
    """The sentence, as the case stands at its `now`; `handed_to` names the municipality that has it now, if another.

    `busy`: there is something to do, which the page says by itself.
    """
    if handed_to:
        return spoken.say("Borgeren er flyttet, og sagen er givet videre til %(municipality)s.", municipality=handed_to)
    said = _over(case, spoken) or _waiting_for_us(case, spoken)
    return said or _under_way(case, busy, spoken) or _choosing(case, spoken)


def _over(case: Case, spoken: Language) -> str:
    if case.plan.plan_type is not PlanType.GENERAL:
        return spoken.say("Planen er specialiseret. Genoptræningen foregår ikke gennem Genvej.")
    return spoken.say(_OVER[case.plan.state]) if case.plan.state in _OVER else ""


def _waiting_for_us(case: Case, spoken: Language) -> str:
    if case.plan.state not in _UNASSESSED and case.plan.level and case.plan.package_id:
        return ""
    if case.rights.choice_arisen_on:
        return spoken.say("Borgeren har ret til et privat sted, men kan først bruge den, når I har visiteret.")
    if case.plan.state is PlanState.HANDED_BACK:
        return spoken.say("Sagen er kommet tilbage til jer og skal visiteres igen.")
    return spoken.say("Planen er modtaget og skal visiteres.")


def _under_way(case: Case, busy: bool, spoken: Language) -> str:
    if case.current is not None and case.current.state is BookingState.REQUESTED:
        return spoken.say("Borgeren har spurgt en anden kommune, som ikke har svaret endnu.")
    if case.plan.state is PlanState.STARTED:
        said = spoken.say("Genoptræningen er i gang.")
    elif case.current is not None:
        said = spoken.say("Borgeren har en tid.")
    else:
        return ""
    rest = "" if busy else spoken.say("Der er ikke noget, I skal gøre.")
    return f"{said} {rest}".rstrip()


def _choosing(case: Case, spoken: Language) -> str:
    door = case.rights.doors[-1]
    if case.rights.offer_kept:
        return (
            spoken.say("Borgeren er tilbudt en tid inden fristen og har ikke svaret.")
            if case.offered
            else spoken.say("Borgeren har fået tilbudt en tid inden fristen og kan vælge mellem kommunale steder.")
        )
    if case.plan.deferred_on:
        return spoken.say("Borgeren har valgt at vente.")
    if door.reason in _ARISEN:
        return spoken.say(_ARISEN[door.reason])
    deadline = short_date(case.rights.deadline, spoken)
    return spoken.say("I har ikke tilbudt en tid endnu. Fristen er %(deadline)s.", deadline=deadline)
