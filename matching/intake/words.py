"""The sentence that a person reads about each finding. Placeholders: `%(place)s`."""

from collections.abc import Mapping
from types import MappingProxyType

from matching.intake.findings import Problem
from providers.words import N_

WORDS: Mapping[Problem, str] = MappingProxyType(
    {
        Problem.EMPTY: N_("Filen er tom."),
        Problem.TOO_LARGE: N_("Filen er for stor. Send planen uden bilag, højst %(place)s MB."),
        Problem.UNKNOWN_FORMAT: N_("Filen er hverken en genoptræningsplan i XML, en FHIR-pakke i JSON eller CSV."),
        Problem.XML_BROKEN: N_("XML-filen er ikke hel. Bed afsenderen om at sende den igen."),
        Problem.XML_UNSAFE: N_(
            "XML-filen henviser til noget uden for sig selv og bliver ikke læst. Bed afsenderen om en uden DTD."
        ),
        Problem.JSON_BROKEN: N_("JSON-filen er ikke hel. Bed afsenderen om at sende den igen."),
        Problem.NOT_A_BUNDLE: N_("JSON-filen er ikke en FHIR Bundle."),
        Problem.NO_PLAN: N_("Beskeden indeholder ingen genoptræningsplan."),
        Problem.PLAN_WITHDRAWN: N_("Afsenderen har trukket planen tilbage. Er sagen her, så luk den selv."),
        Problem.COLUMN_MISSING: N_("Kolonnen %(place)s mangler i filens første linje."),
        Problem.ROW_BROKEN: N_("Linje %(place)s kan ikke deles i felter. Se efter anførselstegn og skilletegn."),
        Problem.MESSAGE_ID_MISSING: N_("Planen har ikke noget besked-id. Uden det kan den komme ind to gange."),
        Problem.MESSAGE_ID_TOO_LONG: N_("Planens besked-id er længere end 80 tegn."),
        Problem.CPR_MISSING: N_("Borgerens CPR-nummer mangler."),
        Problem.CPR_WRONG: N_("Borgerens CPR-nummer er ikke rigtigt: De første seks cifre skal være en dato."),
        Problem.PLAN_TYPE_MISSING: N_("Plantypen mangler: almen, specialiseret eller rehabilitering."),
        Problem.PLAN_TYPE_UNKNOWN: N_("Plantypen er ukendt. Skriv almen, specialiseret eller rehabilitering."),
        Problem.DISCHARGE_MISSING: N_("Udskrivningsdatoen mangler. Uden den kan fristen ikke regnes ud."),
        Problem.DATE_UNREADABLE: N_("Datoen i feltet %(place)s kan ikke læses. Skriv den som 24-05-2026."),
        Problem.DISCHARGE_AHEAD: N_("Udskrivningsdatoen ligger mere end 60 dage ude i fremtiden. Kontrollér den."),
        Problem.DISCHARGE_LONG_AGO: N_(
            "Udskrivningsdatoen ligger mere end et år før planen blev modtaget. Kontrollér den."
        ),
        Problem.DISCHARGE_BEFORE_LAW: N_(
            "Udskrivningsdatoen ligger før 1. juli 2018, da retten begyndte at gælde. Kontrollér den."
        ),
        Problem.MUNICIPALITY_MISSING: N_("Det fremgår ikke, hvilken kommune planen er til. Angiv kommunen."),
        Problem.CITIZEN_DIFFERS: N_("Der er en plan med samme besked-id for en anden borger. Intet er ændret."),
        Problem.CASE_CLOSED: N_("Sagen er afsluttet, og den nye besked har ikke ændret den."),
        Problem.FAULT_OF_OURS: N_("Der skete en fejl hos os. Beskeden er gemt. Prøv igen om lidt."),
        Problem.ENCODING_CORRECTED: N_("Filen sagde forkert, hvordan dens bogstaver er skrevet. Se efter æ, ø og å."),
        Problem.MUNICIPALITY_UNKNOWN: N_("Kommunens nummer eller navn %(place)s kendes ikke her."),
        Problem.ADDRESSED_ELSEWHERE: N_("Planen er adresseret til en anden kommune (%(place)s)."),
        Problem.LIVES_ELSEWHERE: N_("Borgeren bor i en anden kommune (%(place)s)."),
        Problem.NAME_MISSING: N_("Borgerens navn står ikke i beskeden."),
        Problem.REPLACEMENT_NUMBER: N_("Borgeren har et erstatningsnummer. Kontrollér fødselsdatoen."),
        Problem.BIRTH_DIFFERS: N_("Fødselsdatoen passer ikke til CPR-nummeret. CPR-nummerets dato gælder."),
        Problem.LEVEL_NOT_FOR_TYPE: N_("Niveauet er udeladt: Kun almene planer har et niveau."),
        Problem.LEVEL_UNKNOWN: N_("Niveauet er ukendt og udeladt. Skriv basal eller avanceret."),
        Problem.PACKAGE_UNKNOWN: N_("Forløbspakken %(place)s kendes ikke og er udeladt."),
        Problem.DISCHARGE_TO_COME: N_("Borgeren er endnu ikke udskrevet. Kontrollér datoen, når det er sket."),
        Problem.RECEIVED_LONG_AGO: N_("Planen blev modtaget for mere end et år siden."),
        Problem.DATE_LEFT_OUT: N_("Datoen i feltet %(place)s passer ikke til udskrivningen og er udeladt."),
        Problem.START_DEADLINE: N_("Planen sætter en frist for start. Vurdér, om starten skal udskydes."),
        Problem.REFERENCE_LEFT_OUT: N_("Sagsnummeret er udeladt: Det ligner et CPR-nummer eller er for langt."),
        Problem.ATTACHMENT_LEFT_OUT: N_("Beskeden har et bilag. Det er gemt, men ikke læst."),
        Problem.EARLIER_PLAN_UNKNOWN: N_("Den tidligere plan, som beskeden henviser til, er ikke her."),
        Problem.SEVERAL_PLANS: N_("Borgeren har en anden åben plan i kommunen."),
        Problem.DECISION_KEPT: N_("Kommunens egen afgørelse står ved magt. Beskeden siger noget andet: %(place)s."),
    }
)
