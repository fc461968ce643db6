"""What is typed into the forms of the page "Når ingen tid passer", as it may stand in them again."""

from starlette.datastructures import FormData

from portal.presenting.no_time import AREA, SITE, Typed
from portal.reading import text_of

_LONGEST = 80


def typed_in(form: FormData) -> Typed:
    """All of it, whichever of the forms was sent."""
    return Typed(
        where=SITE if text_of(form, "hvor") == SITE else AREA,
        place=plain(text_of(form, "sted")),
        radius=plain(text_of(form, "radius")) or "25",
        days=frozenset(str(day) for day in form.getlist("dag")),
        call_site=plain(text_of(form, "ring")),
        phone=plain(text_of(form, "telefon")),
    )


def plain(text: str) -> str:
    """One line without the signs that nobody sees."""
    return "".join(sign for sign in text[:_LONGEST] if sign.isprintable()).strip()
