"""The list of an organisation's keys, a new one, which is shown this once, and the end of one."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.audit import audit
from portal.language import language_of
from portal.members.frame import show
from portal.presenting.forms import problem_values
from portal.presenting.own_keys import key_heads, key_lines, scope_options
from portal.reading import field, text_of, whole_number
from portal.request_facts import actor_of, now_of, settings_of
from portal.telling import tell
from providers.errors import GenvejError
from providers.models import ApiScope
from providers.own_keys import (
    LONGEST_NAME,
    KeyNameMissing,
    KeyScopeNotChosen,
    end_own_key,
    keys_of,
    make_own_key,
    scopes_of,
)
from providers.words import N_

PATH = "/programmer"


async def show_all(request: Request) -> Response:
    """Every key with what became of it."""
    return await _page(request)


async def make(request: Request) -> Response:
    """Make a key and show it, in the answer to the form and nowhere else."""
    form, actor, now = await request.form(), actor_of(request), now_of(request)
    name = "".join(letter for letter in text_of(form, "navn") if letter.isprintable()).strip()[:LONGEST_NAME]
    allowed = scopes_of(actor)
    scopes = {scope for scope in allowed if len(allowed) == 1 or scope.value in form.getlist("maa")}
    try:
        key, text = await make_own_key(name, scopes, actor=actor, now=now, vault=settings_of(request).vault())
    except KeyNameMissing as error:
        return await _page(request, name=name, scopes=scopes, errors={"navn": error})
    except KeyScopeNotChosen as error:
        return await _page(request, name=name, scopes=scopes, errors={"maa": error})
    await audit("key_made", actor=actor, now=now, purpose="sign_in", criterion=f"key:{key.id}")
    return await _page(request, made=text)


async def end(request: Request) -> Response:
    """End a key at once; raises KeyUnknown."""
    number, actor, now = whole_number(await field(request, "noegle")) or 0, actor_of(request), now_of(request)
    await end_own_key(number, actor=actor, now=now)
    await audit("key_ended", actor=actor, now=now, purpose="sign_in", criterion=f"key:{number}")
    tell(request, N_("Nøglen er spærret. Programmet kommer ikke ind mere."))
    return RedirectResponse(PATH, 303)


async def _page(
    request: Request,
    *,
    name: str = "",
    scopes: frozenset[ApiScope] | set[ApiScope] = frozenset(),
    made: str = "",
    errors: Mapping[str, GenvejError] | None = None,
) -> Response:
    spoken, actor = language_of(request), actor_of(request)
    values = {
        "title": spoken.say("Programmer"),
        "made": made,
        "name": name,
        "heads": key_heads(spoken),
        "lines": key_lines(await keys_of(actor), now_of(request), spoken),
        "options": scope_options(scopes_of(actor), scopes, spoken),
        **problem_values(errors, spoken),
    }
    return await show(request, "staff/own_keys.html", values, status=400 if errors else 200)
