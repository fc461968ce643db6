"""How the municipality is told: its channels, each with its address, its proof and a test."""

from collections.abc import Sequence
from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.models import ChannelKind
from matching.reports.channels import ChannelUnknown, channels_of, rotate_secret, set_channel, switch_channel
from matching.reports.credentials import Credentials, OAuth
from matching.reports.signing import new_secret
from matching.reports.trying import ask_for_test
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.channel_lines import Typed, channel_cards
from portal.presenting.forms import Problem, by_field, problems_of
from portal.reading import text_of
from portal.request_facts import actor_of, now_of, settings_of
from portal.telling import tell
from providers.errors import GenvejError
from providers.words import N_

PATH = "/kommune/kanaler"
OVERLAP = timedelta(days=14)
"""For so long a webhook carries both signatures after its secret was changed."""


async def show_all(request: Request) -> Response:
    return await _page(request)


async def save(request: Request) -> Response:
    """Open or change a channel. A webhook's secret is ours to make, and is shown once."""
    form, spoken = await request.form(), language_of(request)
    kind = _kind(request)
    secret = new_secret() if kind is ChannelKind.WEBHOOK else None
    try:
        await set_channel(
            kind,
            _address(kind, text_of(form, "adresse").strip()),
            _credentials(form, secret),
            actor=actor_of(request),
            now=now_of(request),
            vault=settings_of(request).vault(),
        )
    except GenvejError as error:
        problems = problems_of({f"adresse-{kind.value}": error}, spoken)
        return await _page(request, typed=(kind, text_of(form, "adresse")), problems=problems, status=400)
    if secret:
        return await _page(request, secret=secret)
    tell(request, N_("Kanalen er gemt. Prøv den, før du stoler på den."))
    return RedirectResponse(PATH, 303)


async def rotate(request: Request) -> Response:
    """A new secret, beside which the old one is good for a while."""
    secret = await rotate_secret(
        overlap=OVERLAP, actor=actor_of(request), now=now_of(request), vault=settings_of(request).vault()
    )
    return await _page(request, secret=secret)


async def switch(request: Request) -> Response:
    """Put a channel to rest, or to use again."""
    form = await request.form()
    active = text_of(form, "aktiv") == "ja"
    await switch_channel(_kind(request), active=active, actor=actor_of(request), now=now_of(request))
    tell(request, N_("Kanalen er i brug.") if active else N_("Kanalen hviler. Det, der venter, bliver liggende."))
    return RedirectResponse(PATH, 303)


async def try_one(request: Request) -> Response:
    """Ask the worker to try it; what it heard stands on the page a moment later."""
    await ask_for_test(_kind(request), actor=actor_of(request), now=now_of(request))
    tell(request, N_("Vi prøver kanalen nu. Genindlæs siden om lidt for at se svaret."))
    return RedirectResponse(PATH, 303)


async def _page(
    request: Request,
    *,
    typed: Typed | None = None,
    problems: Sequence[Problem] = (),
    secret: str | None = None,
    status: int = 200,
) -> Response:
    spoken = language_of(request)
    known = {channel.kind: channel for channel in await channels_of(actor_of(request))}
    values = {
        "title": spoken.say("Kanaler til rapporter"),
        "cards": channel_cards(known, typed, spoken),
        "secret": secret,
        "overlap": OVERLAP.days,
        "problems": problems,
        "by_field": by_field(list(problems)),
    }
    return await show(request, "municipality/channels.html", values, status=status)


def _kind(request: Request) -> ChannelKind:
    try:
        return ChannelKind(request.path_params["kind"])
    except ValueError as error:
        raise ChannelUnknown from error


def _address(kind: ChannelKind, typed: str) -> str:
    if kind is ChannelKind.NOTICE:
        return f"mailto:{typed.removeprefix('mailto:')}"
    return "" if kind is ChannelKind.FEED else typed


def _credentials(form: FormData, secret: str | None) -> Credentials:
    fields = {name: text_of(form, name).strip() for name in ("token", "token_url", "client_id", "client_secret")}
    oauth = None
    if fields["token_url"]:
        oauth = OAuth(
            token_url=fields["token_url"], client_id=fields["client_id"], client_secret=fields["client_secret"]
        )
    return Credentials(secret=secret, token=fields["token"] or None, oauth=oauth)
