"""A clinic that is new here: a business number, a name and an address to write to."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.models import Channel
from matching.registering import CvrOfMunicipality, ProviderNameMissing, TooManyRegistrations, register
from portal.addresses import address_of
from portal.language import language_of
from portal.presenting.forms import first_error, problem_values
from portal.problems import retry_headers
from portal.reading import text_of
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.settings_messages import channels_of
from portal.statuses import status_after
from providers.accounts.errors import EmailInvalid
from providers.errors import GenvejError
from providers.municipalities import CvrInvalid

FIELDS = ("cvr", "navn", "email")
_LONGEST = 254


async def ask(request: Request) -> Response:
    return _page(request, dict.fromkeys(FIELDS, ""))


async def send(request: Request) -> Response:
    """The answer tells nobody who is registered already."""
    form, settings = await request.form(), settings_of(request)
    if not _open(request):
        return _page(request, dict.fromkeys(FIELDS, ""))
    typed = {name: text_of(form, name)[:_LONGEST] for name in FIELDS}
    try:
        await register(
            typed["cvr"],
            typed["navn"],
            typed["email"],
            sender=address_of(request),
            now=now_of(request),
            vault=settings.vault(),
            policy=settings.accounts,
        )
    except (CvrInvalid, CvrOfMunicipality) as error:
        return _page(request, typed, {"cvr": error})
    except ProviderNameMissing as error:
        return _page(request, typed, {"navn": error})
    except EmailInvalid as error:
        return _page(request, typed, {"email": error})
    except TooManyRegistrations as error:
        return _page(request, typed, {"": error})
    return RedirectResponse("/klinik/tilmeldt", 303)


async def sent(request: Request) -> Response:
    return render(request, "clinic/registered.html", {"title": language_of(request).say("Se efter en e-mail")})


def _open(request: Request) -> bool:
    """Without a way to send e-mail no address can be proved."""
    return Channel.EMAIL in channels_of(settings_of(request))


def _page(request: Request, typed: Mapping[str, str], errors: Mapping[str, GenvejError] | None = None) -> Response:
    spoken = language_of(request)
    error = first_error(errors)
    values = {
        "title": spoken.say("Tilmeld en klinik"),
        "typed": typed,
        "is_open": _open(request),
        **problem_values(errors, spoken),
    }
    return render(request, "clinic/register.html", values, status=status_after(error), headers=retry_headers(error))
