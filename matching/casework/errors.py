"""What the municipality's work on a case may answer; nothing was changed then.

CaseworkError
├── CaseChanged          somebody else, or the citizen, has been at the case since it was shown
├── NotForThisPlan       package, level and offers are for general plans
├── CaseOver             the course has ended, so nobody needs its codes
├── AssessmentIncomplete package or level is missing
├── SiteNotOurs          the reference place is not one of the municipality's
├── NothingToOffer       the citizen has a time already, or the course is over
├── OfferStands          an offer in time has been made
├── NoOffer              there is none to withdraw
├── MunicipalityMissing  no other municipality was chosen to hand the case on to
├── CourseUnderWay       a course that has begun is not handed on
├── PlanThere            the other municipality has the plan already
└── DayImpossible        a discharge ahead, too long ago or before the law, or a start before the discharge
"""

from providers.errors import GenvejError
from providers.words import N_


class CaseworkError(GenvejError):
    """Nothing was changed."""


class CaseChanged(CaseworkError):
    code = "case_changed"
    message = N_("Der er sket noget i sagen, siden du åbnede den. Se, hvad der er nyt, og gem igen, hvis det passer.")


class NotForThisPlan(CaseworkError):
    code = "not_for_this_plan"
    message = N_("Det gælder kun almene genoptræningsplaner.")


class CaseOver(CaseworkError):
    code = "case_over"
    message = N_("Forløbet er slut, så borgeren har ikke brug for koder.")


class AssessmentIncomplete(CaseworkError):
    code = "assessment_incomplete"
    message = N_("Vælg både forløbspakke og niveau.")


class SiteNotOurs(CaseworkError):
    code = "site_not_ours"
    message = N_("Vælg et af kommunens egne steder eller et, den har aftale med.")


class NothingToOffer(CaseworkError):
    code = "nothing_to_offer"
    message = N_("Borgeren har allerede en tid, eller forløbet er i gang eller slut.")


class OfferStands(CaseworkError):
    code = "offer_stands"
    message = N_("Kommunen har tilbudt en tid inden fristen. Træk tilbuddet tilbage først.")


class NoOffer(CaseworkError):
    code = "no_offer"
    message = N_("Der er ikke noget tilbud at trække tilbage.")


class MunicipalityMissing(CaseworkError):
    code = "municipality_missing"
    message = N_("Vælg den kommune, som borgeren er flyttet til.")


class CourseUnderWay(CaseworkError):
    code = "course_under_way"
    message = N_(
        "Forløbet er begyndt og kan ikke gives videre her. Tal med den nye kommune om, hvordan det går videre."
    )


class PlanThere(CaseworkError):
    code = "plan_there"
    message = N_("Den kommune har allerede planen. Ring til den, og stop forløbet her.")
    constraint = "plan_message_once"


class DayImpossible(CaseworkError):
    code = "day_impossible"
    message = N_(
        "Dagen kan ikke passe. En udskrivning ligger højst et år tilbage, og tidligste start ligger efter den."
    )
