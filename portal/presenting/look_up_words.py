"""Names of the look-up log in words. What has no words here stands as it was written."""

from collections.abc import Mapping
from types import MappingProxyType

from providers.words import N_

ACTION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "case_seen": N_("Så sagen"),
        "received": N_("Tog planen ind"),
        "plan_changed": N_("Ændrede planen efter sygehuset"),
        "message_seen": N_("Åbnede en besked, der ikke kunne læses"),
        "message_set_aside": N_("Lagde en besked væk, der ikke kunne læses"),
        "choices_seen": N_("Så mulighederne"),
        "matches_seen": N_("Søgte efter steder"),
        "times_seen": N_("Så et steds tider"),
        "slot_held": N_("Holdt en tid"),
        "slot_released": N_("Gav en holdt tid fri"),
        "hold_seen": N_("Så den holdte tid"),
        "choice_reviewed": N_("Så valget igennem"),
        "booking_seen": N_("Så bookingen"),
        "calendar_file_taken": N_("Hentede tiden til kalenderen"),
        "booked": N_("Bestilte en tid"),
        "moved": N_("Flyttede tiden"),
        "cancelled_by_citizen": N_("Aflyste tiden"),
        "offer_accepted": N_("Tog imod kommunens tid"),
        "offer_given_up": N_("Kommunens tid blev frigivet"),
        "consent_given": N_("Gav samtykke"),
        "code_entered": N_("Skrev forløbskoden"),
        "identified": N_("Loggede ind med MitID"),
        "plan_listed": N_("Så planen på listen over sine planer"),
        "contents_seen": N_("Læste planens indhold"),
        "own_data_seen": N_("Så alt, hvad der er gemt"),
        "own_data_taken": N_("Hentede alt, hvad der er gemt"),
        "looks_seen": N_("Så, hvem der har set sagen"),
        "second_factor": N_("Skrev kontrolkoden"),
        "offer_seen": N_("Så kommunens tilbud"),
        "offer_declined": N_("Sagde nej til kommunens tid"),
        "deferred": N_("Valgte at vente"),
        "deferral_ended": N_("Valgte ikke at vente længere"),
        "assistance_begun": N_("Begyndte at hjælpe borgeren"),
        "assistance_ended": N_("Sluttede med at hjælpe borgeren"),
        "code_issued": N_("Udstedte en kode"),
        "code_revoked": N_("Spærrede en kode"),
        "contact_changed": N_("Ændrede e-mail eller mobilnummer"),
        "contact_seen": N_("Så e-mail og mobilnummer"),
        "timeline_seen": N_("Så, hvad der er sket i sagen"),
        "receipt_taken": N_("Hentede tiden som brev"),
        "doctor_copy_agreed": N_("Sagde ja til en kopi til lægen"),
        "citizen_told": N_("Sendte en besked til eller om borgeren"),
        "message_resent": N_("Sendte en besked igen"),
        "message_dropped": N_("Opgav en besked"),
        "letter_seen": N_("Så et brev, der skal printes"),
        "letter_printed": N_("Printede et brev"),
        "report_resent": N_("Sendte en indberetning igen"),
        "report_dropped": N_("Opgav en indberetning"),
        "audit_searched": N_("Søgte i opslagene"),
        "audit_exported": N_("Hentede opslagene"),
    }
)

PURPOSE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "choice": N_("Borgerens valg"),
        "import": N_("Planer, der kommer ind"),
        "casework": N_("Sagsbehandling"),
        "treatment": N_("Behandling"),
        "letter": N_("Brev til borgeren"),
        "reporting": N_("Indberetning"),
        "retention": N_("Sletning"),
        "supervision": N_("Kontrol af opslag"),
        "sign_in": N_("Log ind"),
        "guidance": N_("Vejledning"),
        "messages": N_("Besked til borgeren"),
        "own_case": N_("Borgerens egen sag"),
        "security": N_("Sikkerhed"),
    }
)

RESULT_WORDS: Mapping[str, str] = MappingProxyType({"ok": "", "refused": N_("afvist")})
