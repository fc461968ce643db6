"""The citizen of a message: who it is, or why that cannot be said."""

import re
from datetime import date

from stdnum.dk import cpr as cpr_numbers

from matching.citizens import Citizen
from matching.intake.draft import Draft
from matching.intake.findings import Finding, Problem
from providers.identifiers import is_cpr
from providers.written import parse_day

# X-eCPR, given by the central register (seventh sign 1 or 7), and D-eCPR, given by a region (0, 5 or 6): dk-core.
_REPLACEMENT = re.compile(r"[0-9]{6}[01567][A-ZÆØÅ]{2}[0-9]")


def citizen_of(draft: Draft, today: date) -> Citizen | None:
    """The citizen, None when the number is missing or wrong; `draft.findings` then says so."""
    number = re.sub(r"[\s-]", "", draft.cpr).upper()
    if not number:
        draft.findings.append(Finding(Problem.CPR_MISSING))
        return None
    said, born = _birth_date_said(draft), _birth_date(number, today)
    if born is None:
        draft.findings.append(Finding(Problem.CPR_WRONG))
        return None
    if not is_cpr(number):
        draft.findings.append(Finding(Problem.REPLACEMENT_NUMBER))
        born = said or born
    elif said not in (None, born):
        draft.findings.append(Finding(Problem.BIRTH_DIFFERS))
    if not draft.name:
        draft.findings.append(Finding(Problem.NAME_MISSING))
    return Citizen(
        cpr=number,
        name=draft.name,
        date_of_birth=born,
        address=draft.address or None,
        phone=draft.phone or None,
        email=draft.email or None,
        address_protected=draft.address_protected,
    )


def _birth_date_said(draft: Draft) -> date | None:
    try:
        return parse_day(draft.birth_date)
    except ValueError:
        return None


def _birth_date(number: str, today: date) -> date | None:
    """The day of birth in a CPR number, or in a replacement of one, which does not tell the century: the latest one."""
    if is_cpr(number):
        born: date = cpr_numbers.get_birth_date(number)
        return born if born <= today else None
    if not _REPLACEMENT.fullmatch(number):
        return None
    day, month, year = int(number[:2]), int(number[2:4]), int(number[4:6])
    for century in (2000, 1900):
        try:
            born = date(century + year, month, day)
        except ValueError:
            continue
        if born <= today:
            return born
    return None
