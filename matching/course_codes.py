"""The codes of what a clinic reports besides states, in words of its staff; all words are gettext msgids."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from providers.words import N_


class CannotReceive(StrEnum):
    """Why a clinic cannot take a citizen. The rule for private providers was not found: these four are ours."""

    CAPACITY = "capacity"
    COMPETENCE = "competence"
    PATIENT_SAFETY = "patient_safety"
    CONFLICT = "conflict"


class RefusalGround(StrEnum):
    """On what a municipality may refuse another one's citizen, both together: it has no capacity, for instance because
    its waiting time is considerably longer than elsewhere, and weighty regards for its own citizens would be set aside.

    Source: sst.dk on the free choice of rehabilitation; the order on rehabilitation plans and the choice between them.
    """

    CAPACITY = "capacity"
    OWN_CITIZENS = "own_citizens"


class Intervention(StrEnum):
    """What was done in a contact: the interventions of FSIII that the national report knows."""

    ASSESSMENT = "assessment"
    PHYSICAL = "physical"
    FUNCTIONAL = "functional"
    ADL = "adl"
    COGNITIVE = "cognitive"
    GUIDANCE = "guidance"
    FOLLOW_UP = "follow_up"


class Overbooked(StrEnum):
    """Why a seat was given beyond those that there are."""

    URGENT = "urgent"
    EXPECTED_ABSENCE = "expected_absence"
    EXTRA_STAFF = "extra_staff"


CANNOT_RECEIVE_WORDS: Mapping[CannotReceive, str] = MappingProxyType(
    {
        CannotReceive.CAPACITY: N_("Ingen plads"),
        CannotReceive.COMPETENCE: N_("Kræver andre kompetencer"),
        CannotReceive.PATIENT_SAFETY: N_("Ikke sikkert for borgeren"),
        CannotReceive.CONFLICT: N_("Inhabilitet eller konflikt"),
    }
)
REFUSAL_WORDS: Mapping[RefusalGround, str] = MappingProxyType(
    {
        RefusalGround.CAPACITY: N_(
            "Stedet har ikke plads, for eksempel fordi ventetiden er væsentligt længere end i andre kommuner."
        ),
        RefusalGround.OWN_CITIZENS: N_("Væsentlige hensyn til kommunens egne borgere ville ellers blive tilsidesat."),
    }
)
INTERVENTION_WORDS: Mapping[Intervention, str] = MappingProxyType(
    {
        Intervention.PHYSICAL: N_("Fysisk træning"),
        Intervention.FUNCTIONAL: N_("Funktionstræning"),
        Intervention.ADL: N_("ADL-træning"),
        Intervention.COGNITIVE: N_("Kognitiv træning"),
        Intervention.GUIDANCE: N_("Vejledning og undervisning"),
        Intervention.ASSESSMENT: N_("Terapeutfaglig udredning"),
        Intervention.FOLLOW_UP: N_("Opfølgning"),
    }
)
OVERBOOKED_WORDS: Mapping[Overbooked, str] = MappingProxyType(
    {
        Overbooked.URGENT: N_("Det haster for borgeren"),
        Overbooked.EXPECTED_ABSENCE: N_("En anden ventes ikke at komme"),
        Overbooked.EXTRA_STAFF: N_("Vi er flere på arbejde end planlagt"),
    }
)
