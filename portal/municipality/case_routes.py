"""The addresses of one case, of letters to many, and of those that wait."""

from portal.access import Audience, Endpoint, GuardedRoute, page
from portal.municipality import (
    case_actions,
    case_letters,
    case_page,
    case_telling,
    case_times,
    letters,
    letters_to_many,
)
from portal.returning import instead
from providers.roles import Permission

_CASE = "/kommune/sager/{plan_id}"
_LETTER = letters.PATH + "/{message_id}"
_ASSESS, _LETTERS = Permission.ASSESS_PLAN, Permission.ISSUE_CODE


def _form(path: str, endpoint: Endpoint, name: str, permission: Permission = _ASSESS) -> list[GuardedRoute]:
    """An address that only takes a form of the case's page."""
    return [
        page(path, instead("/kommune/opgaver"), audience=Audience.PUBLIC, name=f"no_{name}"),
        page(path, endpoint, audience=Audience.STAFF, name=name, permission=permission, methods=["POST"]),
    ]


ROUTES: list[GuardedRoute] = [
    page(_CASE, case_page.show_case, audience=Audience.STAFF, name="case", permission=Permission.SEE_CASE),
    *_form(f"{_CASE}/visiter", case_actions.save_assessment, "assess"),
    *_form(f"{_CASE}/datoer", case_actions.save_days, "correct_days"),
    *_form(f"{_CASE}/kan-ikke", case_actions.save_cannot, "cannot_offer"),
    page(f"{_CASE}/tilbud", case_times.show_times, audience=Audience.STAFF, name="home_times", permission=_ASSESS),
    page(
        f"{_CASE}/tilbud",
        case_actions.save_offer,
        audience=Audience.STAFF,
        name="offer_time",
        permission=_ASSESS,
        methods=["POST"],
    ),
    *_form(f"{_CASE}/tilbud/traek", case_actions.save_withdrawal, "withdraw_offer"),
    *_form(f"{_CASE}/tag-tilbage", case_actions.save_taking_back, "take_back"),
    *_form(f"{_CASE}/giv-videre", case_actions.save_handing_on, "hand_on"),
    *_form(f"{_CASE}/stop", case_actions.save_stop, "stop_case"),
    *_form(f"{_CASE}/brev", case_telling.save_letter, "send_codes", _LETTERS),
    *_form(f"{_CASE}/besked", case_telling.save_told, "informed", _LETTERS),
    *_form(f"{_CASE}/spaer", case_telling.save_revoked, "revoke_codes", _LETTERS),
    page(
        f"{_CASE}/leverandoerbrev.pdf",
        case_letters.provider_letter_of,
        audience=Audience.STAFF,
        name="provider_letter",
        permission=_LETTERS,
    ),
    page(
        "/kommune/opgaver/breve",
        letters_to_many.look,
        audience=Audience.STAFF,
        name="letters_look",
        permission=_LETTERS,
        methods=["POST"],
        changes_nothing=True,
    ),
    page("/kommune/opgaver/breve", instead("/kommune/opgaver"), audience=Audience.PUBLIC, name="no_letters_look"),
    *_form("/kommune/opgaver/breve/lav", letters_to_many.make, "letters_make", _LETTERS),
    page(letters.PATH, letters.show_letters, audience=Audience.STAFF, name="letters", permission=_LETTERS),
    *_form(f"{letters.PATH}/valgte", letters.chosen, "chosen_letters", _LETTERS),
    *_form(f"{letters.PATH}/fortryd", letters.put_posted_back, "letters_put_back", _LETTERS),
    *_form(f"{_LETTER}/hent", letters.take_letter, "take_letter", _LETTERS),
    *_form(f"{_LETTER}/printet", letters.printed, "letter_printed", _LETTERS),
    *_form(f"{_LETTER}/igen", letters.again, "message_again", _LETTERS),
    *_form(f"{_LETTER}/drop", letters.give_up, "message_dropped", _LETTERS),
]
