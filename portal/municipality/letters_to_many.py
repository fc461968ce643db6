"""Letters with codes to all cases that were chosen in the list of tasks: looked at first, then made one by one.

Each letter is a transaction of its own, so that one that cannot be made stops no other. The form says up to which event
each case was seen; sent again, it finds its letters there and makes no others.
"""

from typing import cast

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.informing.many import letters_made, standing_of
from matching.messages.printing import MOST
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.case_page import LANGUAGES
from portal.municipality.case_telling import send_codes
from portal.municipality.room import show
from portal.municipality.tasks import chosen_cases, list_address
from portal.presenting.forms import Option
from portal.presenting.letters_to_many import done_heads, done_lines, look_heads, look_lines
from portal.reading import text_of, whole_number
from portal.request_facts import now_of, saw
from portal.telling import tell
from providers.clock import local_date
from providers.database import looking
from providers.errors import GenvejError
from providers.words import N_


async def look(request: Request) -> Response:
    """What would happen in each case; nothing has. Cases of others are passed over."""
    form, member, spoken = await request.form(), member_of(request), language_of(request)
    async with looking(member.post.scope):
        found = await standing_of(sorted(chosen_cases(form))[:MOST], cast(str, member.post.municipality))
    if not found:
        tell(request, N_("Vælg mindst én sag på listen."), refused=True)
        return RedirectResponse(list_address(form), 303)
    saw(request, "worklist_seen", None, purpose="casework", criterion="tasks", result=str(len(found)))
    lines = look_lines(found, local_date(now_of(request)), spoken)
    values = {
        "title": spoken.say("Breve med koder"),
        "heads": look_heads(spoken),
        "lines": lines,
        "possible": any(line.value for line in lines),
        "languages": [Option(code, words) for code, words in LANGUAGES],
        **_typed(form),
    }
    return await show(request, "municipality/letters_look.html", values)


async def make(request: Request) -> Response:
    """Each letter with what became of it. No redirect: sent again, the form shows the same."""
    form, member, spoken = await request.form(), member_of(request), language_of(request)
    seen, errors = _seen(form), dict[int, GenvejError]()
    if not seen:
        tell(request, N_("Vælg mindst én sag på listen."), refused=True)
        return RedirectResponse(list_address(form), 303)
    for plan_id, number in seen.items():
        try:
            await send_codes(request, plan_id, number, text_of(form, "sprog"))
        except GenvejError as error:
            errors[plan_id] = error
    async with looking(member.post.scope):
        found = await standing_of(seen, cast(str, member.post.municipality))
        made = await letters_made(seen)
    lines = done_lines(found, made, errors, spoken)
    values = {
        "title": spoken.say("Breve med koder"),
        "said": spoken.say("%(made)s af %(all)s breve er lavet.", made=len(made), all=len(found)),
        "heads": done_heads(spoken),
        "lines": lines,
        "letters": [line.letter for line in lines if line.letter],
        "back": list_address(form),
    }
    return await show(request, "municipality/letters_done.html", values)


def _typed(form: FormData) -> dict[str, str]:
    """The filters of the list, so that there is a way back to it."""
    return {"task": text_of(form, "opgave"), "owner": text_of(form, "hvem"), "back": list_address(form)}


def _seen(form: FormData) -> dict[int, int]:
    """Case → its last event when it was looked at, from `17.3`; anything else is passed over."""
    seen: dict[int, int] = {}
    for text in form.getlist("sag"):
        plan, _, number = text.partition(".") if isinstance(text, str) else ("", "", "")
        plan_id = whole_number(plan)
        if plan_id is not None and (number == "0" or whole_number(number)):
            seen[plan_id] = int(number)
    return dict(sorted(seen.items())[:MOST])
