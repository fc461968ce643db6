"""Where the citizen wants to be told: given when booking, changed later, and ended by the link of any message."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.messages import Addresses, contact_of, set_contact, stop, stoppable
from matching.messages.contacts import MobileInvalid, clean_mobile, read_addresses
from portal.language import language_of
from portal.messages.office import read_stop_token
from portal.presenting.contact import EMAIL, MOBILE, ContactField, contact_fields
from portal.presenting.forms import problem_values
from portal.reading import text_of
from portal.rendering import render
from portal.request_facts import actor_of, now_of, plan_of, saw, settings_of
from portal.settings_messages import channels_of
from portal.typed_again import typed_again
from providers.accounts.errors import EmailInvalid
from providers.accounts.people import clean_email
from providers.errors import GenvejError

_LONGEST = 254


async def show_contact(request: Request) -> Response:
    """The form with what is known."""
    saw(request, "contact_seen", plan_of(request), purpose="messages")
    if form := typed_again(request, "/min-tid/kontakt"):
        return _form(request, typed(form))
    return _form(request, await contact_of(plan_of(request), settings_of(request).vault()))


async def change_contact(request: Request) -> Response:
    """Keep what was typed; empty fields are addresses that are not used any more."""
    form = await request.form()
    if errors := unreadable(form):
        return _form(request, typed(form), errors)
    await keep_contact(request, form)
    return RedirectResponse("/min-tid", 303)


async def ask_to_stop(request: Request) -> Response:
    """The link of a message asks first: programs that check mails follow links as well."""
    await stoppable(read_stop_token(request.path_params["token"]))
    spoken = language_of(request)
    values = {"title": spoken.say("Vil du ikke have flere beskeder?"), "path": request.url.path}
    return render(request, "stop.html", values)


async def stop_messages(request: Request) -> Response:
    """No more messages to the citizen who got the link."""
    token = read_stop_token(request.path_params["token"])
    await stop(token, now=now_of(request), vault=settings_of(request).vault())
    return RedirectResponse("/stoppet", 303)


async def stopped(request: Request) -> Response:
    """It is done."""
    return render(request, "stopped.html", {"title": language_of(request).say("Du får ikke flere beskeder")})


def fields_of(request: Request, addresses: Addresses) -> tuple[ContactField, ...]:
    """The inputs for the ways that there are; none where nobody can be told."""
    return contact_fields(addresses, channels_of(settings_of(request)), language_of(request))


def typed(form: FormData) -> Addresses:
    """What stands in the fields, to be shown again as it is."""
    return Addresses(text_of(form, EMAIL)[:_LONGEST], text_of(form, MOBILE)[:_LONGEST])


def unreadable(form: FormData) -> dict[str, GenvejError]:
    """What cannot be read, by field."""
    errors: dict[str, GenvejError] = {}
    for name, clean in ((EMAIL, clean_email), (MOBILE, clean_mobile)):
        try:
            if text_of(form, name).strip():
                clean(text_of(form, name))
        except (EmailInvalid, MobileInvalid) as error:
            errors[name] = error
    return errors


async def keep_contact(request: Request, form: FormData) -> None:
    """Keep the form's addresses, which can be read; a field that the form does not have changes nothing."""
    plan_id, vault = plan_of(request), settings_of(request).vault()
    known = await contact_of(plan_id, vault)
    read = read_addresses(text_of(form, EMAIL), text_of(form, MOBILE))
    addresses = Addresses(read.email if EMAIL in form else known.email, read.mobile if MOBILE in form else known.mobile)
    if addresses != known:
        language = language_of(request).code
        await set_contact(plan_id, addresses, language, actor=actor_of(request), now=now_of(request), vault=vault)


def _form(request: Request, addresses: Addresses, errors: dict[str, GenvejError] | None = None) -> Response:
    spoken = language_of(request)
    values = {
        "title": spoken.say("Hvor må vi skrive til dig?"),
        "contact_fields": fields_of(request, addresses),
        **problem_values(errors, spoken),
    }
    return render(request, "contact.html", values, status=400 if errors else 200)
