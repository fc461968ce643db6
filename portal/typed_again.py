"""What a citizen typed into a form when their visit had ended: it comes back when they have shown who they are.

Nothing is kept for somebody who never had a page of the plan, and nothing is shown to another plan that is opened in
the same browser. What was typed stands sealed in the visit for half an hour, or until the form is sent. It is filled
in again, never sent: whoever pressed the button sees it, and presses again.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from cryptography.fernet import InvalidToken
from starlette.datastructures import FormData
from starlette.requests import Request

from portal.request_facts import now_of, settings_of
from portal.visits import visit_of
from portal.whose_form import mark_of_form

KEPT_FOR = timedelta(minutes=30)
_KEPT = "typed"
_LONGEST, _MOST = 254, 20


@dataclass(frozen=True, slots=True)
class _Form:
    """The page that shows it, what people write in it, the field with the site's number, and how it ends the page's
    address.
    """

    page: str
    fields: frozenset[str]
    site: str = ""
    joined: str = "?sted="


# No code and no date of birth: both are secrets, asked for anew.
FORMS: Mapping[str, _Form] = {
    "/hold": _Form("/steder", frozenset({"slot", "sted"}), "sted", "/"),
    "/book": _Form("/book", frozenset({"slot", "flyt", "frist", "laege", "samtykke", "email", "mobil"})),
    "/bekraeft": _Form("/bekraeft", frozenset({"navn"})),
    "/min-tid/kontakt": _Form("/min-tid/kontakt", frozenset({"email", "mobil"})),
    "/min-tid/aflys": _Form("/min-tid/aflys", frozenset({"aarsag"})),
    "/koersel": _Form("/koersel", frozenset({"pensionist", "bustog", "pris", "egen", "sted"}), "sted"),
    "/ingen-tid/besked": _Form(
        "/ingen-tid", frozenset({"fra", "hvor", "sted", "radius", "dag", "email", "mobil"}), "fra"
    ),
    "/ingen-tid/opkald": _Form("/ingen-tid", frozenset({"fra", "ring", "telefon"}), "fra"),
}


async def keep_typed(request: Request) -> bool:
    """Keep what was sent by somebody who must say first who they are; False when it is nothing to keep.

    What a caseworker typed for a citizen is not kept here: `portal/sending_again.py`.
    """
    form = FORMS.get(request.url.path) if request.method == "POST" else None
    mark = await mark_of_form(request) if form else None
    if form is None or mark is None or mark.by:
        return False
    sent = (await request.form()).multi_items()
    fields = [(name, text[:_LONGEST]) for name, text in sent if name in form.fields and isinstance(text, str)][:_MOST]
    site = dict(fields).get(form.site, "")
    visit_of(request).data[_KEPT] = {
        "plan": mark.plan_id,
        "path": request.url.path,
        "page": f"{form.page}{form.joined}{site}" if site.isascii() and site.isdigit() else form.page,
        "until": (now_of(request) + KEPT_FOR).isoformat(),
        "fields": b64encode(settings_of(request).vault().seal(orjson.dumps(fields))).decode(),
    }
    return True


def forget_typed(request: Request) -> None:
    """Forget what was kept for too long, and what is now sent again."""
    kept, sent = visit_of(request).data.get(_KEPT), request.method == "POST"
    if kept and (now_of(request) >= _until(kept) or (sent and kept["path"] == request.url.path)):
        del visit_of(request).data[_KEPT]


def kept_until(request: Request) -> datetime | None:
    """Until when something that was typed waits for its plan to be opened, and for the form to be sent."""
    kept = visit_of(request).data.get(_KEPT)
    return _until(kept) if kept else None


def carried(before: Mapping[str, Any], *plans: int) -> dict[str, Any]:
    """What goes over from a visit to the one in which these plans are open: nothing that was typed for another."""
    kept = before.get(_KEPT)
    return {_KEPT: kept} if kept and kept["plan"] in plans else {}


def page_of_typed(request: Request) -> str | None:
    """Where the form stands that what was typed belongs to."""
    kept = _own(request)
    return str(kept["page"]) if kept else None


def typed_again(request: Request, *paths: str) -> FormData | None:
    """What was typed for one of these forms of the open plan; the page then says that it stands there again."""
    kept = _own(request)
    if not kept or kept["path"] not in paths:
        return None
    try:
        fields = orjson.loads(settings_of(request).vault().open(b64decode(kept["fields"])))
    except InvalidToken:
        return None
    request.state.typed_again = True
    return FormData([(name, text) for name, text in fields])


def _own(request: Request) -> dict[str, Any] | None:
    data = visit_of(request).data
    return carried(data, data.get("plan", 0)).get(_KEPT)


def _until(kept: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(kept["until"])
