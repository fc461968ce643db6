"""The letter that goes with a refusal, made of the citizen's case as it stands without the request."""

from dataclasses import replace

from starlette.requests import Request

from matching.cases import Case, facts_of, read_case
from matching.citizens import open_citizen
from matching.finding import Search, find
from matching.finding.terms import terms_of_case
from matching.messages.contacts import language_of_contact
from matching.rights import rights
from matching.states import BookingState, IllegalTransition
from matching.trips import point_of
from portal.isolating import isolated
from portal.language import Language, language
from portal.letters.duties import on_an_envelope
from portal.letters.pdf import page_of
from portal.letters.refusal import RefusalLetter, refusal_letter
from portal.presenting import dates
from portal.presenting.numbers import kilometres
from portal.request_facts import now_of, settings_of
from providers.clock import local_date
from providers.models import Municipality, Slot

_PLACES = 3


async def letter_of_refusal(request: Request, plan_id: int, words: str) -> bytes:
    """Its page, in the language in which the citizen is told of things. Nothing is changed.

    Raises IllegalTransition when nothing is asked for any more.
    """
    now, settings = now_of(request), settings_of(request)
    asking = await read_case(plan_id, now)
    if asking.current is None or asking.current.state is not BookingState.REQUESTED:
        raise IllegalTransition(current=asking.plan.state.value, target="refused")
    case, spoken = _as_if_never_asked(asking), language(await language_of_contact(plan_id))
    slot = await Slot.get(id=asking.current.slot_id).select_related("site__provider__municipality")
    home = await Municipality.get(code=case.plan.municipality_id)
    refuser = slot.site.provider.municipality
    facts = RefusalLetter(
        sender=(home.official_name,),
        municipality_phone=home.phone or settings.help_phone,
        recipient=on_an_envelope(open_citizen(case.plan.citizen, settings.vault())),
        reference=case.plan.case_reference,
        written_on=local_date(now),
        place=slot.site.name,
        refuser=refuser.official_name if refuser else slot.site.provider.name,
        wanted=slot.starts_at,
        words=words,
        others=await _others(request, case, slot.site_id, spoken),
        deadline=case.rights.deadline,
        private_open=case.rights.choice_exercisable,
        public_url=settings.public_url,
    )
    return page_of(refusal_letter(facts, spoken))


def _as_if_never_asked(case: Case) -> Case:
    """A request that is refused leaves the rights as they would be without it (sst.dk)."""
    standing = [case.offered] if case.offered else []
    return replace(case, current=None, rights=rights(facts_of(case.plan, standing), local_date(case.now)))


async def _others(request: Request, case: Case, site_id: int, spoken: Language) -> tuple[tuple[str, str], ...]:
    """The nearest places, seen from the one that refuses, each with its first time."""
    origin = await point_of(site_id)
    if origin is None:
        return ()
    page = await find(Search(terms_of_case(case, settings_of(request).policy), origin, None, _PLACES + 1))
    others = [match for match in page.items if match.site_id != site_id][:_PLACES]
    return tuple(
        (
            f"{isolated(match.site_name)}, {match.postal_code} {match.postal_name}",
            spoken.say(
                "%(when)s, %(distance)s derfra",
                when=dates.first_letter_up(dates.start(match.first_free, spoken, year=False)),
                distance=kilometres(match.distance, spoken),
            ),
        )
        for match in others
    )
