"""The national codes of § 140 reporting: one table for each group.

Source: KL terminology 2.3.0 and the rehabilitation gateway guide 2.2.0; all codes are of one code system. Displays
are kept exactly as that system spells them, for a receiver may compare them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from matching.course_codes import Intervention
from matching.plan_facts import Level, PlanType
from providers.models import SlotMode
from providers.words import N_

SYSTEM = "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes"


@dataclass(frozen=True, slots=True)
class NationalCode:
    """A code of `SYSTEM` with its Danish display; for reports and staff, never for citizens."""

    code: str
    display: str


class StopReason(StrEnum):
    """Why a course was stopped or cancelled (value set CancellationTypes)."""

    NO_FURTHER_NEED_CITIZEN = "no_further_need_citizen"
    NO_FURTHER_NEED_PROFESSIONAL = "no_further_need_professional"
    OPTED_OUT = "opted_out"
    OPTED_OUT_ILLNESS = "opted_out_illness"
    OPTED_OUT_TRANSPORT_COST = "opted_out_transport_cost"
    OPTED_OUT_TRANSPORT_LOGISTICS = "opted_out_transport_logistics"
    OPTED_OUT_OTHER_TRAINING = "opted_out_other_training"
    EVENT = "event"
    NO_CONTACT = "no_contact"


class NoActivityReason(StrEnum):
    """Why nothing happened within seven days (value set ServiceRequestStatusReasons140)."""

    OTHER_MUNICIPALITY = "other_municipality"
    POSTPONED = "postponed"
    FREE_CHOICE = "free_choice"
    FREE_CHOICE_DECLINED = "free_choice_declined"
    ERROR = "error"


STOP_REASON_CODES: Mapping[StopReason, NationalCode] = MappingProxyType(
    {
        StopReason.NO_FURTHER_NEED_CITIZEN: NationalCode(
            "4bbf6d6a-a1c6-41c2-b8c1-7352b7378adf", N_("Ikke yderligere behov (borger-vurderet)")
        ),
        StopReason.NO_FURTHER_NEED_PROFESSIONAL: NationalCode(
            "a63b6aa6-7d56-4e67-a5b3-d73f6d262af5", N_("Ikke yderligere behov (fagperson-vurderet)")
        ),
        StopReason.OPTED_OUT: NationalCode("3a5a72b7-addf-4857-b80c-04e4246e3072", N_("Aktivt fravalg")),
        StopReason.OPTED_OUT_ILLNESS: NationalCode(
            "0cd5734d-b663-47c6-a3da-6b14a937d144", N_("Aktivt fravalg pga. anden sygdom")
        ),
        StopReason.OPTED_OUT_TRANSPORT_COST: NationalCode(
            "f8436c2e-af1c-44fe-939d-473b518dd01d", N_("Aktivt fravalg pga. økonomi ifm. transport")
        ),
        StopReason.OPTED_OUT_TRANSPORT_LOGISTICS: NationalCode(
            "8371b769-4bfb-4ac8-b130-d91c54784a56", N_("Aktivt fravalg pga. logistik ifm. transport")
        ),
        StopReason.OPTED_OUT_OTHER_TRAINING: NationalCode(
            "a3f2bd01-078b-486e-81be-797d192ad7bd", N_("Aktivt fravalg pga. anden træning")
        ),
        StopReason.EVENT: NationalCode("82e99421-31da-4915-96ed-168ccfa1d20c", N_("Hændelse medfører ophør")),
        StopReason.NO_CONTACT: NationalCode(
            "ef491570-7884-4acd-bcf7-43d6b2c64762", N_("Borger har ikke henvendt sig eller er udeblevet")
        ),
    }
)

NO_ACTIVITY_CODES: Mapping[NoActivityReason, NationalCode] = MappingProxyType(
    {
        # Three m's: the code system itself spells it so.
        NoActivityReason.OTHER_MUNICIPALITY: NationalCode("f64b8f5e-8ced-4a8b-ab73-8994fb524915", "Anden kommmune"),
        NoActivityReason.POSTPONED: NationalCode("a8632e22-bf0c-4f5a-92a7-70977ba104d5", "Udskudt"),
        NoActivityReason.FREE_CHOICE: NationalCode("3796fa11-305f-47d6-b164-45b05489afb2", "Frit valg"),
        NoActivityReason.FREE_CHOICE_DECLINED: NationalCode(
            "46a6bc1f-bfe8-4390-a71f-44ad4a384b9d", "Frit valg afslået"
        ),
        NoActivityReason.ERROR: NationalCode("8ac7be88-5d16-4dbd-a61a-ab02673f4b34", "Fejl"),
    }
)

PLAN_TYPE_CODES: Mapping[PlanType, NationalCode] = MappingProxyType(
    {
        PlanType.GENERAL: NationalCode("ffd81f78-352e-4589-a195-5350dd1df2a4", "Almen"),
        PlanType.SPECIALISED: NationalCode("0c8e2bfc-1350-45d1-90da-c07e2645d073", "Specialiseret"),
        PlanType.SPECIALISED_REHABILITATION: NationalCode("83c89857-8fb8-4163-97b1-eb1a56345c29", "Rehabilitering"),
    }
)

LEVEL_CODES: Mapping[Level, NationalCode] = MappingProxyType(
    {
        Level.BASIC: NationalCode("8b962281-2ab6-4b10-9c91-4bac592d6d49", "Basal"),
        Level.ADVANCED: NationalCode("b679c454-2da2-46dd-9425-0e52d4aa2bf3", "Avanceret"),
    }
)


PLAN_CODE = NationalCode("7fc66c15-0cb3-4c89-9e18-f3a01e6a6592", "§ 140 training")
COURSE_CODE = NationalCode("f15b2663-94d9-4d0c-a5de-d8bd8e1e4ebb", "Interventionsforløb")
SCREEN_VISIT_CODE = NationalCode("124be95d-6924-4609-9d2a-e7c73ae3ab3d", "Skærmbesøg")

# Whoever trains at home is trained alone.
DELIVERY_CODES: Mapping[SlotMode, NationalCode] = MappingProxyType(
    {
        SlotMode.GROUP: NationalCode("2865f123-15a7-4a36-a514-32ea37c400ca", "Gruppebaseret"),
        SlotMode.INDIVIDUAL: NationalCode("8d12d74c-17da-47a7-a4fe-e69dbaec0a8c", "Individuel"),
        SlotMode.HOME: NationalCode("8d12d74c-17da-47a7-a4fe-e69dbaec0a8c", "Individuel"),
        SlotMode.DIGITAL: NationalCode("284857a4-5e91-499a-a001-64d7f0b7038a", "Digital"),
    }
)

FSIII = "urn:oid:1.2.208.176.2.21"
ASSESSMENT_CODE = NationalCode("1130ad70-6553-490d-87f8-5e8941687a0c", "Terapeutfaglig udredning")
"""The intervention with which every course begins; of the system `FSIII`."""

INTERVENTION_CODES: Mapping[Intervention, NationalCode] = MappingProxyType(
    {
        Intervention.ASSESSMENT: ASSESSMENT_CODE,
        Intervention.PHYSICAL: NationalCode("2abe20c7-c0b4-41c1-b397-52acf36499ef", "Fysisk træning"),
        Intervention.FUNCTIONAL: NationalCode("58293f63-00d7-4730-8dbc-c784d40f9e23", "Funktionstræning"),
        Intervention.ADL: NationalCode("7f825e3e-1a5c-4249-bf41-9f7171fb6b8a", "ADL-træning"),
        Intervention.COGNITIVE: NationalCode("2c661159-1bb3-4af2-bdf1-f3a9927a99e2", "Kognitiv træning"),
        Intervention.GUIDANCE: NationalCode("66fb32c9-ecc3-484b-be49-f20094be237c", "Vejledning og undervisning"),
        Intervention.FOLLOW_UP: NationalCode("571fa7da-a155-4a84-b780-ef19170d48a0", "Opfølgning"),
    }
)
"""What is done in a contact, of the system `FSIII`."""


def plan_categories(plan_type: PlanType, level: Level | None) -> tuple[NationalCode, ...]:
    """The one or two categories of a reported plan: the level never stands without its plan type.

    Source: invariant `gateway-140-service-request-1`.
    """
    return (PLAN_TYPE_CODES[plan_type], *((LEVEL_CODES[level],) if level else ()))
