"""Somebody who helps the citizen says who they are, together with the letter's codes."""

from starlette.datastructures import FormData

from portal.reading import text_of
from providers.errors import GenvejError
from providers.words import N_

FIELD = "navn"
_LONGEST = 80
_MOST_FIGURES = 5
"""A name may have a figure in it; a CPR number or a telephone number has more."""


class HelperNameInvalid(GenvejError):
    code = "helper_name_invalid"
    message = N_(
        "Skriv kun dit eget navn, med bogstaver og højst 80 tegn. Lad feltet være tomt, hvis det er din egen tid."
    )


def typed_name(form: FormData) -> str:
    """What was typed, as it may stand in the form again."""
    return "".join(sign for sign in text_of(form, FIELD)[: _LONGEST * 2] if sign.isprintable())


def read_helper(form: FormData) -> str:
    """The helper's name; empty for the citizen. Raises HelperNameInvalid."""
    name = " ".join(typed_name(form).split())
    figures = sum(sign.isdigit() for sign in name)
    if name and (len(name) > _LONGEST or figures > _MOST_FIGURES or not any(sign.isalpha() for sign in name)):
        raise HelperNameInvalid
    return name
