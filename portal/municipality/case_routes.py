"""The addresses of one case, of letters to many, and of those that wait."""

from portal.access import Endpoint, GuardedRoute
from portal.municipality import (
    case_actions,
    case_letters,
    case_page,
    case_telling,
    case_times,
    letters,
    letters_to_many,
)
from portal.staff_routes import staff_form, staff_page
from providers.roles import Permission

_WORKLIST = "/kommune/opgaver"
_CASE = "/kommune/sager/{plan_id}"
_LETTER = letters.PATH + "/{message_id}"
_ASSESS, _LETTERS = Permission.ASSESS_PLAN, Permission.ISSUE_CODE


def _form(path: str, endpoint: Endpoint, name: str, permission: Permission = _ASSESS) -> list[GuardedRoute]:
    """One of the case's page, or of the letters'."""
    return staff_form(path, endpoint, name, permission, back=_WORKLIST)


ROUTES: list[GuardedRoute] = [
    staff_page(_CASE, case_page.show_case, "case", Permission.SEE_CASE),
    *_form(f"{_CASE}/visiter", case_actions.save_assessment, "assess"),
    *_form(f"{_CASE}/datoer", case_actions.save_days, "correct_days"),
    *_form(f"{_CASE}/kan-ikke", case_actions.save_cannot, "cannot_offer"),
    staff_page(f"{_CASE}/tilbud", case_times.show_times, "home_times", _ASSESS),
    *staff_form(f"{_CASE}/tilbud", case_actions.save_offer, "offer_time", _ASSESS),
    *_form(f"{_CASE}/tilbud/traek", case_actions.save_withdrawal, "withdraw_offer"),
    *_form(f"{_CASE}/tag-tilbage", case_actions.save_taking_back, "take_back"),
    *_form(f"{_CASE}/giv-videre", case_actions.save_handing_on, "hand_on"),
    *_form(f"{_CASE}/stop", case_actions.save_stop, "stop_case"),
    *_form(f"{_CASE}/brev", case_telling.save_letter, "send_codes", _LETTERS),
    *_form(f"{_CASE}/besked", case_telling.save_told, "informed", _LETTERS),
    *_form(f"{_CASE}/spaer", case_telling.save_revoked, "revoke_codes", _LETTERS),
    staff_page(f"{_CASE}/leverandoerbrev.pdf", case_letters.provider_letter_of, "provider_letter", _LETTERS),
    *staff_form(
        f"{_WORKLIST}/breve", letters_to_many.look, "letters_look", _LETTERS, back=_WORKLIST, changes_nothing=True
    ),
    *_form(f"{_WORKLIST}/breve/lav", letters_to_many.make, "letters_make", _LETTERS),
    staff_page(letters.PATH, letters.show_letters, "letters", _LETTERS),
    *_form(f"{letters.PATH}/valgte", letters.chosen, "chosen_letters", _LETTERS),
    *_form(f"{letters.PATH}/fortryd", letters.put_posted_back, "letters_put_back", _LETTERS),
    *_form(f"{_LETTER}/hent", letters.take_letter, "take_letter", _LETTERS),
    *_form(f"{_LETTER}/printet", letters.printed, "letter_printed", _LETTERS),
    *_form(f"{_LETTER}/igen", letters.again, "message_again", _LETTERS),
    *_form(f"{_LETTER}/drop", letters.give_up, "message_dropped", _LETTERS),
]
