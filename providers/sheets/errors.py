"""Why a file is not taken in.

SheetError
├── SheetEmpty, SheetTooLong, ColumnsMissing
├── SheetOfAnotherKind    no list that we know
│   └── SheetOfSites, SheetOfApprovals, SheetOfSlots   one of our lists, in the wrong place
└── of one line: LineBroken, LineTwice, PlaceNotFound, PlaceNotOwn, PlaceAmbiguous, ProviderNotFound, DayNotRead,
    ClockNotRead, NumberNotRead, WordNotKnown, PackageNotRead
"""

from typing import ClassVar

from providers.errors import GenvejError
from providers.words import N_


class SheetError(GenvejError):
    """Nothing was changed."""


class SheetEmpty(SheetError):
    code: ClassVar[str] = "sheet_empty"
    message: ClassVar[str] = N_("Der er ingen linjer i filen. Den første linje er overskrifter, og resten læses ind.")


class SheetTooLong(SheetError):
    code: ClassVar[str] = "sheet_too_long"
    message: ClassVar[str] = N_("Der er over %(most)s linjer i filen. Del den i flere filer.")


class ColumnsMissing(SheetError):
    code: ClassVar[str] = "columns_missing"
    message: ClassVar[str] = N_("Der mangler kolonner. Skriv i den første linje også: %(headings)s.")


class SheetOfAnotherKind(SheetError):
    code: ClassVar[str] = "sheet_of_another_kind"
    message: ClassVar[str] = N_(
        "Filen er ikke en liste, vi kender. Den første linje skal have overskrifterne: %(headings)s."
    )


class SheetOfSites(SheetOfAnotherKind):
    code: ClassVar[str] = "sheet_of_sites"
    message: ClassVar[str] = N_("Filen er en liste over steder. Her skal den have overskrifterne: %(headings)s.")


class SheetOfApprovals(SheetOfAnotherKind):
    code: ClassVar[str] = "sheet_of_approvals"
    message: ClassVar[str] = N_("Filen er en liste over godkendelser. Her skal den have overskrifterne: %(headings)s.")


class SheetOfSlots(SheetOfAnotherKind):
    code: ClassVar[str] = "sheet_of_slots"
    message: ClassVar[str] = N_("Filen er en liste over tider. Her skal den have overskrifterne: %(headings)s.")


class LineBroken(SheetError):
    code: ClassVar[str] = "line_broken"
    message: ClassVar[str] = N_("Felterne kan ikke skilles ad. Se efter anførselstegn og skilletegn.")


class LineTwice(SheetError):
    code: ClassVar[str] = "line_twice"
    message: ClassVar[str] = N_("Det samme står i linje %(other)s. Slet den ene.")


class PlaceNotFound(SheetError):
    code: ClassVar[str] = "place_not_found"
    message: ClassVar[str] = N_("Stedet findes ikke. Skriv dets nummer i kolonnen stednummer.")


class PlaceAmbiguous(SheetError):
    code: ClassVar[str] = "place_ambiguous"
    message: ClassVar[str] = N_("Flere steder hedder det. Skriv stedets nummer i kolonnen stednummer.")


class PlaceNotOwn(SheetError):
    code: ClassVar[str] = "place_not_own"
    message: ClassVar[str] = N_("CVR-nummeret er en anden leverandørs.")


class ProviderNotFound(SheetError):
    code: ClassVar[str] = "provider_not_found"
    message: ClassVar[str] = N_("Ingen leverandør har det CVR-nummer. Skriv 8 cifre, og tilmeld leverandøren først.")


class DayNotRead(SheetError):
    code: ClassVar[str] = "day_not_read"
    message: ClassVar[str] = N_("Datoen i kolonnen %(heading)s kan ikke læses. Skriv for eksempel 24-11-2026.")


class ClockNotRead(SheetError):
    code: ClassVar[str] = "clock_not_read"
    message: ClassVar[str] = N_("Klokkeslættet kan ikke læses, eller uret springer det over. Skriv for eksempel 10.30.")


class NumberNotRead(SheetError):
    code: ClassVar[str] = "number_not_read"
    message: ClassVar[str] = N_("Skriv i kolonnen %(heading)s et helt tal fra %(least)s til %(most)s.")


class WordNotKnown(SheetError):
    code: ClassVar[str] = "word_not_known"
    message: ClassVar[str] = N_("Vi kender ikke ordet i kolonnen %(heading)s. Skriv: %(words)s.")


class PackageNotRead(SheetError):
    code: ClassVar[str] = "package_not_read"
    message: ClassVar[str] = N_(
        "Pakken findes ikke. Skriv for eksempel 01-kirurgisk og niveauet basal eller avanceret."
    )
