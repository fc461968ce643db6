"""States and national codes in words a citizen reads; all are gettext msgids."""

from collections.abc import Mapping
from types import MappingProxyType

from matching.states import BookingState, NoActivityReason, PlanState, StopReason
from providers.words import N_

PLAN_WORDS: Mapping[PlanState, str] = MappingProxyType(
    {
        PlanState.RECEIVED: N_("Din kommune har modtaget din genoptræningsplan."),
        PlanState.ASSESSED: N_("Din genoptræning er klar til at blive bestilt."),
        PlanState.BOOKED: N_("Du har en tid til genoptræning."),
        PlanState.STARTED: N_("Din genoptræning er i gang."),
        PlanState.COMPLETED: N_("Din genoptræning er afsluttet."),
        PlanState.STOPPED: N_("Din genoptræning er stoppet."),
        PlanState.ERROR: N_("Planen var sendt ved en fejl og gælder ikke."),
        PlanState.HANDED_BACK: N_("Din kommune ser på din genoptræning igen."),
    }
)

BOOKING_WORDS: Mapping[BookingState, str] = MappingProxyType(
    {
        BookingState.OFFERED: N_("Din kommune tilbyder dig denne tid."),
        BookingState.REQUESTED: N_("Vi venter på svar fra den anden kommune."),
        BookingState.CONFIRMED: N_("Din tid er bestilt."),
        BookingState.STARTED: N_("Du er begyndt på din genoptræning her."),
        BookingState.COMPLETED: N_("Du er færdig med din genoptræning her."),
        BookingState.REFUSED: N_("Den anden kommune har ikke plads. Du kan vælge igen."),
        BookingState.CANNOT_RECEIVE: N_("Stedet kan ikke tage imod dig. Din kommune har fået besked."),
        BookingState.CANCELLED_BY_CITIZEN: N_("Du har aflyst tiden."),
        BookingState.CANCELLED_BY_PROVIDER: N_("Stedet har aflyst tiden."),
        BookingState.MOVED: N_("Tiden er flyttet."),
        BookingState.NO_SHOW: N_("Du kom ikke til den aftalte tid."),
    }
)

NO_ACTIVITY_WORDS: Mapping[NoActivityReason, str] = MappingProxyType(
    {
        NoActivityReason.OTHER_MUNICIPALITY: N_("Du har valgt genoptræning i en anden kommune."),
        NoActivityReason.POSTPONED: N_("Din genoptræning begynder senere, som der står i din plan."),
        NoActivityReason.FREE_CHOICE: N_("Du har valgt et privat sted."),
        NoActivityReason.FREE_CHOICE_DECLINED: N_("Du har valgt at vente."),
        NoActivityReason.ERROR: N_("Planen var sendt ved en fejl og gælder ikke."),
    }
)

STOP_REASON_WORDS: Mapping[StopReason, str] = MappingProxyType(
    {
        StopReason.NO_FURTHER_NEED_CITIZEN: N_("Du har ikke brug for mere genoptræning."),
        StopReason.NO_FURTHER_NEED_PROFESSIONAL: N_("Din behandler vurderer, at du ikke har brug for mere."),
        StopReason.OPTED_OUT: N_("Du ønsker ikke genoptræningen."),
        StopReason.OPTED_OUT_ILLNESS: N_("Du kan ikke træne på grund af anden sygdom."),
        StopReason.OPTED_OUT_TRANSPORT_COST: N_("Det er for dyrt at komme derhen."),
        StopReason.OPTED_OUT_TRANSPORT_LOGISTICS: N_("Det er for svært at komme derhen."),
        StopReason.OPTED_OUT_OTHER_TRAINING: N_("Du træner et andet sted."),
        StopReason.EVENT: N_("Der er sket noget, som gør, at forløbet stopper."),
        StopReason.NO_CONTACT: N_("Vi har ikke hørt fra dig, eller du kom ikke til den aftalte tid."),
    }
)
