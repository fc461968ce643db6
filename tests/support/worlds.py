"""Hand-made registries and cases: each function makes one thing, sensible unless told otherwise.

    home = await a_site(slots=[NOW + timedelta(days=2)])
    clinic = await a_site(kind="private", at=AMAGER, slots=[NOW + timedelta(days=1)])
    plan = await a_plan()
    codes = await a_code(plan)

Functions that change what is free rebuild the site's offers, so the finder sees it at once.
"""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from tortoise.expressions import F

from matching.citizens import Citizen, cpr_digest, seal_citizen
from matching.codes import issue_access_code, issue_code
from matching.issuing import LetterCodes, store_codes
from matching.models import Booking, Hold, Plan
from matching.plan_facts import Basis, Level, PlanType
from matching.policy import Policy
from matching.states import BookingState, PlanState
from providers.clock import local_date
from providers.models import (
    Agreement,
    AgreementBasis,
    Approval,
    ApprovalState,
    Practitioner,
    PractitionerRole,
    Provider,
    ProviderKind,
    Site,
    Slot,
    SlotMode,
)
from providers.offers import rebuild_offers
from providers.vault import Vault
from providers.weeks import is_whole_week

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
"""A Monday at ten in the morning, Danish winter time."""

TODAY = local_date(NOW)
HOME = "0101"
PACKAGE, LEVEL = "01-kirurgisk", Level.BASIC
KNEE_BASIC = 4
"""The number of 01-kirurgisk at the basic level."""

Point = tuple[float, float]
CITY_HALL: Point = (12.5700, 55.6760)
AMAGER: Point = (12.6000, 55.6500)
BORNHOLM: Point = (14.7000, 55.1000)

LONG_AGO = date(2019, 2, 1)
PHYSIOTHERAPIST, OCCUPATIONAL_THERAPIST = "5151", "5153"
FIELD_KEY = urlsafe_b64encode(b"a key that only the tests know  ").decode()
LOOKUP_KEY = "another that only the tests know"
VAULT = Vault([FIELD_KEY], LOOKUP_KEY)
POLICY = Policy()

_serial = count(1)


async def a_provider(kind: str = ProviderKind.MUNICIPAL, *, municipality: str = HOME) -> Provider:
    """An organisation without any agreement; `municipality` runs it when it is municipal."""
    number = next(_serial)
    municipal = kind == ProviderKind.MUNICIPAL
    return await Provider.create(
        name=f"{'Testcenter' if municipal else 'Testklinik'} {number}",
        kind=ProviderKind(kind),
        municipality_id=municipality if municipal else None,
        cvr=f"9{number:07}",
        sor=f"9{number:014}",
    )


async def an_agreement(
    provider: Provider,
    basis: str,
    *,
    municipality: str | None = None,
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
) -> Agreement:
    """The municipality is left out for the extended basis only."""
    return await Agreement.create(
        provider_id=provider.pk,
        basis=AgreementBasis(basis),
        municipality_id=municipality,
        valid_from=valid_from,
        valid_to=valid_to,
    )


async def a_site(
    kind: str = ProviderKind.MUNICIPAL,
    *,
    municipality: str = HOME,
    contract_with: str | None = None,
    provider: Provider | None = None,
    at: Point = CITY_HALL,
    package_levels: Sequence[int] = (KNEE_BASIC,),
    slots: Sequence[datetime] = (),
    profession: str | None = PHYSIOTHERAPIST,
    confirmed_at: datetime = NOW,
    now: datetime = NOW,
    **facts: Any,
) -> Site:
    """A staffed, approved site with one-seat times, under an agreement.

    The agreement is `own` for a municipal site; for a private one `contract` when `contract_with` names a
    municipality, else `extended`. A given provider keeps the agreements it has.
    """
    if provider is None:
        provider = await a_provider(kind, municipality=municipality)
        if kind == ProviderKind.MUNICIPAL:
            await an_agreement(provider, AgreementBasis.OWN, municipality=municipality)
        elif contract_with:
            await an_agreement(provider, AgreementBasis.CONTRACT, municipality=contract_with)
        else:
            await an_agreement(provider, AgreementBasis.EXTENDED)
    values: dict[str, Any] = {
        "provider_id": provider.pk,
        "name": f"Træningssted {next(_serial)}",
        "street": "Prøvevej 1",
        "postal_code_id": "1050",
        "longitude": at[0],
        "latitude": at[1],
        "languages": ["da"],
        "capacity_confirmed_at": confirmed_at,
    }
    site = await Site.create(**values | facts)
    if profession:
        await a_practitioner(site, profession=profession)
    for package_level in package_levels:
        await an_approval(site, package_level)
    for starts_at in slots:
        await _slot(site, starts_at)
    await rebuild_offers(now, [site.pk])
    return site


async def a_practitioner(
    site: Site, *, profession: str = PHYSIOTHERAPIST, role: str = PractitionerRole.THERAPIST, **values: Any
) -> Practitioner:
    """Somebody whose authorisation was checked; the caller rebuilds the offers."""
    number = next(_serial)
    defaults: dict[str, Any] = {"authorisation_id": f"b{number % 10000:04}", "checked_at": NOW}
    return await Practitioner.create(
        site_id=site.pk,
        name=f"Terapeut {number}",
        profession=profession,
        role=PractitionerRole(role),
        **defaults | values,
    )


async def an_approval(
    site: Site,
    package_level: int = KNEE_BASIC,
    *,
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
    state: str = ApprovalState.APPROVED,
) -> Approval:
    """The caller rebuilds the offers."""
    return await Approval.create(
        site_id=site.pk,
        package_level_id=package_level,
        state=ApprovalState(state),
        valid_from=valid_from,
        valid_to=valid_to,
    )


async def a_slot(site: Site, starts_at: datetime, *, now: datetime = NOW, **values: Any) -> Slot:
    """A bookable first contact: half an hour, individual and one seat unless told otherwise."""
    slot = await _slot(site, starts_at, **values)
    await rebuild_offers(now, [site.pk])
    return slot


async def _slot(site: Site, starts_at: datetime, **values: Any) -> Slot:
    defaults: dict[str, Any] = {"minutes": 30, "mode": SlotMode.INDIVIDUAL, "seats": 1}
    defaults["whole_week"] = is_whole_week(starts_at)
    return await Slot.create(site_id=site.pk, starts_at=starts_at, **defaults | values)


def a_citizen(**values: Any) -> Citizen:
    """Somebody who cannot exist: the number fails modulus 11, and the telephone is nobody's."""
    born = date(1951, 3, 14)
    defaults: dict[str, Any] = {
        "cpr": _impossible_cpr(born, next(_serial)),
        "name": "Prøve Prøvesen",
        "date_of_birth": born,
        "address": "Prøvevej 2, 1050 København K",
        "phone": "00 00 00 17",
        "email": "proeve@borger.example",
    }
    return Citizen(**defaults | values)


async def a_plan(*, citizen: Citizen | None = None, now: datetime = NOW, **values: Any) -> Plan:
    """A general plan, assessed yesterday after a discharge yesterday; its private choice has not opened."""
    person, yesterday, number = citizen or a_citizen(), local_date(now) - timedelta(days=1), next(_serial)
    defaults: dict[str, Any] = {
        "message_id": f"test-{number}",
        "municipality_id": HOME,
        "case_reference": f"SAG-{number}",
        "plan_type": PlanType.GENERAL,
        "level": LEVEL,
        "package_id": PACKAGE,
        "discharge_date": yesterday,
        "received_on": yesterday,
        "state": PlanState.ASSESSED,
        "citizen": seal_citizen(person, VAULT),
        "cpr_digest": cpr_digest(person.cpr, VAULT),
    }
    return await Plan.create(**defaults | values)


async def a_code(plan: Plan, *, now: datetime = NOW) -> LetterCodes:
    """A living pair of codes, as they stand in the letter."""
    codes = LetterCodes(issue_code(), issue_access_code(), now + POLICY.code_life)
    await store_codes(plan.id, codes, now=now, vault=VAULT)
    return codes


async def a_hold(plan: Plan, slot: Slot, *, now: datetime = NOW, until: datetime | None = None) -> Hold:
    """A seat kept for a plan."""
    return await Hold.create(plan_id=plan.id, slot_id=slot.id, until=until or now + POLICY.hold)


async def an_offered_booking(plan: Plan, slot: Slot, *, now: datetime = NOW) -> Booking:
    """The municipality's own offer: a time at its own site, which keeps its seat, and the dates on the plan."""
    booking = await Booking.create(
        id=uuid4(), plan_id=plan.id, slot_id=slot.id, basis=Basis.OWN, state=BookingState.OFFERED, created_at=now
    )
    await Slot.filter(id=slot.id).update(taken=F("taken") + 1)
    await rebuild_offers(now, [slot.site_id])
    plan.offer_date, plan.offer_recorded_on = local_date(slot.starts_at), local_date(now)
    await plan.save(update_fields=["offer_date", "offer_recorded_on"])
    return booking


def _impossible_cpr(born: date, number: int) -> str:
    """A CPR number of a birth in the 1900s (seventh digit 0 to 3) whose check sum is wrong; each number has its own.

    Of two neighbours one is wrong at least.
    """
    two = (f"{born:%d%m%y}{number % 2000 * 2 + last:04}" for last in (0, 1))
    return next(cpr for cpr in two if _weighted(cpr) % 11)


def _weighted(cpr: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(cpr, (4, 3, 2, 7, 6, 5, 4, 3, 2, 1), strict=True))
