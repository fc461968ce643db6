"""The rows of the invented providers, their agreements and their sites."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from providers.clock import start_of_day
from providers.demo.houses import House
from providers.demo.identities import PHONE, slug, unique
from providers.demo.rows import AgreementRow, ProviderRow, SiteRow
from providers.identifiers import demo_cvr, demo_gln, demo_sor
from providers.models import AgreementBasis, ProviderKind

EXTENDED_SINCE = date(2019, 2, 1)
"""The month in which the scheme of private providers began."""

_ROADS = ("Opdigtet Allé", "Prøvestien", "Demovænget", "Eksempelgaden", "Øvepladsen", "Skitsevej")
_LANGUAGES = (("en", 0.7), ("de", 0.2), ("ar", 0.12), ("tr", 0.08), ("pl", 0.08), ("uk", 0.05), ("so", 0.03))
_STALE = 0.05


def provider_rows(houses: Sequence[House], ids: Sequence[int], random: Random) -> Iterator[ProviderRow]:
    """One provider for each house, with a business number that nobody has."""
    new_cvr = unique(demo_cvr, random)
    for house, number in zip(houses, ids, strict=True):
        run_by = house.municipality if house.basis is AgreementBasis.OWN else None
        yield ProviderRow(
            id=number,
            name=f"{run_by.official_name} (demo)" if run_by else house.name,
            kind=ProviderKind.MUNICIPAL if run_by else ProviderKind.PRIVATE,
            municipality_id=run_by.code if run_by else None,
            cvr=(cvr := new_cvr()),
            sor=demo_sor(random),
            gln=demo_gln(cvr),
        )


def agreement_rows(
    houses: Sequence[House], provider_ids: Sequence[int], today: date, random: Random
) -> Iterator[AgreementRow]:
    """The basis of each provider; a few agreements have ended, end soon or begin later."""
    for house, number in zip(houses, provider_ids, strict=True):
        code = house.municipality.code if house.municipality else None
        first, last = _period(house.basis, today, random)
        yield AgreementRow(number, house.basis, code, first, last)
        if house.also_extended:
            yield AgreementRow(number, AgreementBasis.EXTENDED, None, EXTENDED_SINCE, None)


def _period(basis: AgreementBasis, today: date, random: Random) -> tuple[date, date | None]:
    if basis is AgreementBasis.OWN:
        return date(2007, 1, 1), None
    since = today - timedelta(days=random.randint(60, 1500))
    fate = random.random()
    if fate < 0.01:
        return since, today - timedelta(days=random.randint(1, 50))
    if fate < 0.02:
        return today + timedelta(days=random.randint(5, 40)), None
    if fate < 0.04 or basis is AgreementBasis.CONTRACT:
        return since, today + timedelta(days=random.randint(20, 700))
    return since, None


def site_rows(
    houses: Sequence[House], ids: Sequence[int], provider_ids: Sequence[int], today: date, random: Random
) -> Iterator[SiteRow]:
    """One site for each house, some hundred metres around a postal code's point."""
    for house, number, provider_id in zip(houses, ids, provider_ids, strict=True):
        place = house.place
        step_free = random.random() < 0.85
        yield SiteRow(
            id=number,
            provider_id=provider_id,
            name=house.name,
            street=f"{random.choice(_ROADS)} {random.randint(1, 99)}",
            postal_code_id=place.code,
            longitude=round(place.longitude + random.uniform(-0.005, 0.005), 5),
            latitude=round(place.latitude + random.uniform(-0.003, 0.003), 5),
            phone=PHONE,
            web=f"https://{slug(house.name)}.example",
            notice_email=f"tider@{slug(house.name)}.example",
            step_free=step_free,
            lift=random.random() < 0.4,
            accessible_toilet=step_free and random.random() < 0.8,
            parking=random.random() < 0.7,
            languages=["da", *(code for code, share in _LANGUAGES if random.random() < share)],
            capacity_confirmed_at=start_of_day(today) - _age_of_capacity(house.basis, random),
        )


def _age_of_capacity(basis: AgreementBasis, random: Random) -> timedelta:
    """Most providers keep their times up to date; a few clinics have forgotten theirs."""
    forgotten = random.random() < _STALE and basis is AgreementBasis.EXTENDED
    days = random.randint(61, 120) if forgotten else random.randint(0, 13)
    return timedelta(days=days, minutes=random.randint(0, 600))
