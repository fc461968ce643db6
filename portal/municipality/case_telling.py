"""What the staff tell a citizen on a case's page: by a letter with codes, or in a way of their own."""

from starlette.requests import Request
from starlette.responses import Response

from matching.informing import Item, inform_by_letter, inform_otherwise, revoke_seen
from matching.issuing import new_codes
from portal.municipality.case_actions import done
from portal.municipality.case_forms import Sent
from portal.municipality.case_letters import letter_with_codes
from portal.request_facts import actor_of, now_of, settings_of
from portal.settings_messages import channels_of
from providers.words import N_


async def save_letter(request: Request) -> Response:
    return await done(
        request, "brev", _letter, N_("Borgeren får et brev med nye koder. De gamle koder gælder ikke mere.")
    )


async def save_told(request: Request) -> Response:
    return await done(request, "besked", _told, N_("Det er gemt, hvad borgeren har fået at vide."))


async def save_revoked(request: Request) -> Response:
    return await done(request, "spaer", _revoke, N_("Koderne er spærret."))


async def send_codes(request: Request, plan_id: int, seen: int, language: str) -> None:
    """Write and send the letter with new codes; `language` is its code. Raises as `inform_by_letter` does."""
    settings, now = settings_of(request), now_of(request)
    codes = new_codes(now, settings.policy)
    letter = await letter_with_codes(request, str(plan_id), codes, language)
    await inform_by_letter(
        plan_id,
        codes,
        letter,
        channels=channels_of(settings),
        actor=actor_of(request),
        now=now,
        vault=settings.vault(),
        seen=seen,
    )


async def _letter(request: Request, plan_id: int, sent: Sent) -> None:
    await send_codes(request, plan_id, sent.seen, sent.typed.get("sprog", ""))


async def _told(request: Request, plan_id: int, sent: Sent) -> None:
    items = [Item(name) for name in sent.told if name in set(Item)]
    actor, now = actor_of(request), now_of(request)
    await inform_otherwise(plan_id, sent.typed.get("hvordan", ""), items, actor=actor, now=now, seen=sent.seen)


async def _revoke(request: Request, plan_id: int, sent: Sent) -> None:
    await revoke_seen(plan_id, actor=actor_of(request), now=now_of(request), seen=sent.seen)
