"""Who works at a site: written on by the owner, and taken off when they leave."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.clinic.room import show
from portal.language import language_of
from portal.presenting.forms import first_error, options, problem_values
from portal.presenting.site_facts import PROFESSION_WORDS, ROLE_WORDS
from portal.reading import INTEGER, field, site_number, text_of, whole_number
from portal.request_facts import actor_of, now_of
from portal.statuses import status_after
from portal.telling import tell
from providers.accounts.errors import NameInvalid
from providers.approving.errors import PractitionerUnknown
from providers.errors import GenvejError
from providers.sites.errors import AlreadyOnStaff, AuthorisationMissing, AuthorisationUnreadable, ProfessionMissing
from providers.sites.keeping import add_person, remove_person
from providers.sites.reading import own_site, people_of
from providers.words import N_

FIELDS = ("navn", "fag", "opgave", "autorisation")
_LONGEST = 200


async def ask(request: Request) -> Response:
    """Raises SiteUnknown."""
    return await _page(request, dict.fromkeys(FIELDS, ""))


async def add(request: Request) -> Response:
    """Raises SiteUnknown."""
    form = await request.form()
    typed = {name: text_of(form, name)[:_LONGEST] for name in FIELDS}
    try:
        await add_person(
            site_number(request),
            name=typed["navn"],
            profession=typed["fag"],
            role=typed["opgave"],
            authorisation_id=typed["autorisation"],
            actor=actor_of(request),
            now=now_of(request),
        )
    except NameInvalid as error:
        return await _page(request, typed, {"navn": error})
    except ProfessionMissing as error:
        return await _page(request, typed, {"fag": error})
    except (AuthorisationMissing, AuthorisationUnreadable, AlreadyOnStaff) as error:
        return await _page(request, typed, {"autorisation": error})
    tell(request, N_("Personen er skrevet på. En terapeut tæller med, når autorisationen er set efter."))
    return RedirectResponse(f"/klinik/steder/{site_number(request)}", 303)


async def ask_to_remove(request: Request) -> Response:
    """What it will mean; raises SiteUnknown or PractitionerUnknown."""
    number = whole_number(request.query_params.get("person", ""))
    site = await own_site(site_number(request), actor_of(request))
    person = next((one for one in await people_of(site.pk) if one.pk == number), None)
    if person is None:
        raise PractitionerUnknown
    values = {"title": language_of(request).say("Arbejder personen her ikke mere?"), "site": site, "person": person}
    return await show(request, "clinic/person_leaves.html", values)


async def remove(request: Request) -> Response:
    """Raises SiteUnknown or PractitionerUnknown."""
    number = whole_number(await field(request, "person"), INTEGER)
    if number is None:
        raise PractitionerUnknown
    await remove_person(site_number(request), number, actor=actor_of(request), now=now_of(request))
    tell(request, N_("Personen er taget af listen."))
    return RedirectResponse(f"/klinik/steder/{site_number(request)}", 303)


async def _page(
    request: Request, typed: Mapping[str, str], errors: Mapping[str, GenvejError] | None = None
) -> Response:
    spoken, site = language_of(request), await own_site(site_number(request), actor_of(request))
    values = {
        "title": spoken.say("Skriv en person på"),
        "site": site,
        "typed": typed,
        "professions": options({code: spoken.say(words) for code, words in PROFESSION_WORDS.items()}, typed["fag"]),
        "roles": options({str(role): spoken.say(words) for role, words in ROLE_WORDS.items()}, typed["opgave"]),
        **problem_values(errors, spoken),
    }
    return await show(request, "clinic/person_form.html", values, status=status_after(first_error(errors)))
