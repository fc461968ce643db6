"""Letters of a case: to the citizen with new codes, and to the provider whom the citizen has chosen."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from matching.cases import Case, plan_in_scope, read_case
from matching.citizens import Citizen, open_citizen
from matching.issuing import LetterCodes
from matching.models import Booking
from matching.states import BookingState
from portal.admission import member_of
from portal.citizen.my_time import bookings_of
from portal.language import Language, language, language_of
from portal.letters.citizen import CitizenLetter, Offer, citizen_letter
from portal.letters.duties import complaint, on_an_envelope
from portal.letters.pdf import page_of, render_pdf
from portal.letters.provider import ProviderLetter, provider_letter
from portal.presenting.words import LEVEL_WORDS, MODE_WORDS, package_words
from portal.request_facts import now_of, saw, settings_of
from providers.clock import local_date
from providers.database import looking
from providers.models import Municipality, SlotMode


async def letter_with_codes(request: Request, plan_id: str, codes: LetterCodes, code: str) -> bytes:
    """The letter's page in the language of that code; the codes open nothing until they are stored with it."""
    spoken, now = language(code), now_of(request)
    case, citizen, bookings = await _facts(request, plan_id)
    offered = next((one for one in bookings if case.offered and one.id == case.offered.id), None)
    home = await Municipality.get(code=case.plan.municipality_id)
    package, level = _course(request, case, spoken)
    facts = CitizenLetter(
        sender=(home.official_name,),
        municipality_phone=home.phone or settings_of(request).help_phone,
        recipient=on_an_envelope(citizen),
        reference=case.plan.case_reference,
        written_on=local_date(now),
        code=codes.code,
        access_code=codes.access_code,
        expires_on=local_date(codes.expires_at),
        package=package,
        level=level,
        discharged_on=case.plan.discharge_date,
        deadline=case.rights.deadline,
        offer=_offer(offered),
        private_open=case.rights.choice_arisen_on is not None,
        complaint=complaint(spoken),
        public_url=settings_of(request).public_url,
    )
    return page_of(citizen_letter(facts, spoken))


async def provider_letter_of(request: Request) -> Response:
    """The letter to the place that has confirmed a time, as a PDF; it holds the citizen's number, so it is logged."""
    spoken = language_of(request)
    case, citizen, bookings = await _facts(request, request.path_params["plan_id"])
    wanted = {BookingState.CONFIRMED, BookingState.STARTED}
    booking = next((one for one in bookings if one.state in wanted), None)
    if booking is None:
        raise HTTPException(404)
    saw(request, "provider_letter_taken", case.plan.id, purpose="letter")
    home = await Municipality.get(code=case.plan.municipality_id)
    package, level = _course(request, case, spoken)
    site = booking.slot.site
    facts = ProviderLetter(
        sender=(home.official_name,),
        municipality_phone=home.phone or settings_of(request).help_phone,
        municipality_gln=home.gln or "",
        recipient=(site.provider.name, site.name, site.street, f"{site.postal_code_id} {site.postal_code.name}"),
        reference=case.plan.case_reference,
        written_on=local_date(now_of(request)),
        name=citizen.name,
        person_number=f"{citizen.cpr[:6]}-{citizen.cpr[6:]}",
        package=package,
        level=level,
        discharged_on=case.plan.discharge_date,
        starts_at=booking.slot.starts_at,
        form=spoken.say(MODE_WORDS[SlotMode(booking.slot.mode)]).lower(),
        public_url=settings_of(request).public_url,
    )
    headers = {"Content-Disposition": 'attachment; filename="leverandoerbrev.pdf"'}
    return Response(await render_pdf(provider_letter(facts, spoken)), media_type="application/pdf", headers=headers)


async def _facts(request: Request, plan_id: str) -> tuple[Case, Citizen, list[Booking]]:
    scope = member_of(request).post.scope
    plan = await plan_in_scope(plan_id, scope)
    async with looking(scope):
        case, bookings = await read_case(plan.id, now_of(request)), await bookings_of(plan.id)
    return case, open_citizen(plan.citizen, settings_of(request).vault()), bookings


def _course(request: Request, case: Case, spoken: Language) -> tuple[str, str]:
    plan, packages = case.plan, request.app.state.catalogue.packages
    package = package_words(packages[plan.package_id], spoken) if plan.package_id else ""
    return package, spoken.say(LEVEL_WORDS[plan.level]) if plan.level else ""


def _offer(booking: Booking | None) -> Offer | None:
    if booking is None:
        return None
    site = booking.slot.site
    return Offer(booking.slot.starts_at, site.name, f"{site.street}, {site.postal_code_id} {site.postal_code.name}")
