"""The second factor: the kontrolkode of the letter and the date of birth."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking import held_seat
from matching.cases import read_case
from matching.codes import AccessCodeMistyped, parse_access_code
from matching.entry import EntryRefused, verify
from portal.acting import keep_helper
from portal.citizen.birthdays import BirthDateInvalid, read_birth_date
from portal.citizen.helping import FIELD, HelperNameInvalid, read_helper, typed_name
from portal.citizen.standing import held_now
from portal.citizen.waiting import waiting_words
from portal.identity.issuers import doors
from portal.language import language_of
from portal.presenting import steps
from portal.presenting.forms import first_error, problem_values
from portal.problems import retry_headers
from portal.reading import text_of
from portal.rendering import render
from portal.request_facts import is_verified, now_of, plan_of, saw, settings_of
from portal.settings_issuers import IssuerKind
from portal.statuses import status_after
from portal.typed_again import page_of_typed, typed_again
from portal.visits import renew_visit, visit_of
from providers.actors import CITIZEN, helping_citizen
from providers.clock import local_date
from providers.errors import GenvejError
from providers.words import N_

_DATE_FIELDS = ("dag", "maaned", "aar")


class AccessCodeMissing(GenvejError):
    code = "access_code_missing"
    message = N_("Skriv kontrolkoden fra dit brev.")


async def confirm(request: Request) -> Response:
    """The form; whoever has shown the second factor already goes on."""
    if is_verified(request):
        return RedirectResponse(await next_page(request), 303)
    return await _form(request)


async def check(request: Request) -> Response:
    """Check what was typed. From here on the visit is the citizen's own, so it gets a new id."""
    form, plan_id, settings = await request.form(), plan_of(request), settings_of(request)
    errors = _unreadable(request, form)
    helper = "" if FIELD in errors else read_helper(form)
    if not errors:
        born = read_birth_date(*_typed_date(form), local_date(now_of(request)))
        try:
            await verify(
                plan_id,
                text_of(form, "kontrolkode"),
                born,
                now=now_of(request),
                vault=settings.vault(),
                policy=settings.policy,
                actor=helping_citizen(helper) if helper else CITIZEN,
            )
        except EntryRefused as error:
            errors["kontrolkode"] = error
    if errors:
        return await _form(request, form, errors)
    await renew_visit(request)
    visit_of(request).data["verified"] = True
    if helper:
        keep_helper(visit_of(request), helper, settings.vault())
    return RedirectResponse(await next_page(request), 303)


def _unreadable(request: Request, form: FormData) -> dict[str, GenvejError]:
    """What can be seen to be wrong without asking, by field; it costs no attempt."""
    errors: dict[str, GenvejError] = {}
    code = text_of(form, "kontrolkode")
    try:
        if not code.strip():
            raise AccessCodeMissing
        parse_access_code(code)
    except (AccessCodeMissing, AccessCodeMistyped) as error:
        errors["kontrolkode"] = error
    try:
        read_birth_date(*_typed_date(form), local_date(now_of(request)))
    except BirthDateInvalid as error:
        errors["dag"] = error
    try:
        read_helper(form)
    except HelperNameInvalid as error:
        errors[FIELD] = error
    return errors


async def _form(
    request: Request, form: FormData | None = None, errors: dict[str, GenvejError] | None = None
) -> Response:
    """The typed date stays, the kontrolkode does not: it is a secret."""
    spoken, error = language_of(request), first_error(errors)
    held = await held_now(request, plan_of(request))
    if held:
        saw(request, "hold_seen", plan_of(request))
    values = {
        "title": spoken.say("Bekræft, at det er dig"),
        "steps": steps.steps(steps.CONFIRM, spoken) if held else (),
        "held": held,
        **problem_values(errors, spoken),
        "doors": doors(request, IssuerKind.CITIZEN),
        "helper": {"name": typed_name(known) if (known := form or typed_again(request, "/bekraeft")) else ""},
        "waiting": waiting_words(request),
        "born": dict(zip(_DATE_FIELDS, _typed_date(form) if form else ("", "", ""), strict=True)),
    }
    return render(request, "confirm.html", values, status=status_after(error), headers=retry_headers(error))


def _typed_date(form: FormData) -> tuple[str, str, str]:
    day, month, year = (text_of(form, name)[:20] for name in _DATE_FIELDS)
    return day, month, year


async def next_page(request: Request) -> str:
    """On to what the citizen was about to do: the page that asked who they are, book the time they chose, see the one
    they have, or choose.
    """
    plan_id, now = plan_of(request), now_of(request)
    if page := page_of_typed(request):
        return page
    if then := visit_of(request).data.pop("then", None):
        return str(then)
    if visit_of(request).data.get("slot") or await held_seat(plan_id, now):
        return "/book"
    case = await read_case(plan_id, now)
    return "/min-tid" if case.current or case.offered else "/muligheder"
