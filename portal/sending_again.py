"""A form of the staff that comes when they are signed out, or in another role: the answer holds it, to be sent again.

Nothing is kept here. Only the page that answers the form shows what it carried, to whoever sent it just now; they sign
in in another tab, come back, and press again. Then it is a form like any other: somebody else's is not taken.
What was written beside files comes back too; the files themselves no page can hold, so they are chosen again.
"""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from portal.access import Audience
from portal.access_errors import CodeNeeded, FactorNeeded, PlanNotChosen
from portal.admission import POST_FIELD, PostChanged, PostNeeded, SignInNeeded
from portal.language import language_of
from portal.rendering import render
from portal.statuses import status_of
from portal.uploads.beside import chosen_files, form_without_files
from portal.whose_form import FIELD, mark_of_form
from providers.errors import GenvejError
from providers.words import N_

_MISSING = (SignInNeeded, PostNeeded, PostChanged, CodeNeeded, FactorNeeded, PlanNotChosen)
_SAYS_WHOSE = {POST_FIELD, FIELD}
_SIGNED_OUT = N_("Du var logget ud, så intet er gemt endnu. Det, du udfyldte, er her på siden, til du lukker den.")
_OTHER_ROLE = N_(
    "Du har en anden rolle her nu, så intet er gemt endnu. Det, du udfyldte, er her på siden, til du lukker den."
)
_WAYS = {
    (True, False): (N_("Log ind"), "/ind"),
    (True, True): (N_("Vælg den rolle, du havde"), "/mig"),
    (False, False): (N_("Log ind, og hjælp borgeren igen"), "/kommune/sager/{plan}"),
    (False, True): (N_("Vælg den rolle, du havde, og hjælp borgeren igen"), "/mig"),
}
"""Whether it was sent to a room of the staff, whether they are in another role now → what to do first, and where."""


async def form_to_send_again(request: Request, error: GenvejError) -> Response | None:
    """The page; None for what is no form of the staff, or holds nothing."""
    if request.method != "POST" or not isinstance(error, _MISSING) or "HX-Request" in request.headers:
        return None
    form, in_room = await _form(request, error), request.state.audience is Audience.STAFF
    mark = None if form is None or in_room else await mark_of_form(request)
    by_staff = form is not None and (POST_FIELD in form if in_room else mark is not None and mark.by != "")
    if form is None or not by_staff or not form.keys() - _SAYS_WHOSE:
        return None
    fields = [(name, text) for name, text in form.multi_items() if isinstance(text, str)]
    spoken, other_role = language_of(request), isinstance(error, PostNeeded | PostChanged)
    label, way = _WAYS[in_room, other_role]
    values = {
        "title": spoken.say("Det er ikke sendt endnu"),
        "sentence": spoken.say(_OTHER_ROLE if other_role else _SIGNED_OUT),
        "first": {"label": spoken.say(label), "href": way.format(plan=mark.plan_id if mark else 0)},
        "address": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "fields": fields,
        "files": chosen_files(form),
        "written": _written(fields),
    }
    return render(request, "staff/send_again.html", values, status=status_of(type(error)))


async def _form(request: Request, error: GenvejError) -> FormData | None:
    """What was sent as a form. One with files, which only the staff's rooms have, is read here unless it was before."""
    kind = request.headers.get("Content-Type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        return await request.form()
    if kind.startswith("multipart/form-data") and request.state.audience is Audience.STAFF:
        return await (request.form() if isinstance(error, PostChanged) else form_without_files(request))
    return None


def _written(fields: list[tuple[str, str]]) -> str:
    """What was written in words; the rest is chosen, and stands in the form alone."""
    return "\n\n".join(text.strip() for name, text in fields if name not in _SAYS_WHOSE and len(text.split()) > 1)
