"""The rows of very many sites, each a line for COPY, drawn as cheaply as they can be."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from random import Random

from providers.clock import start_of_day
from providers.demo.identities import PHONE
from providers.demo.scale.houses import BigHouse
from providers.demo.staff import OCCUPATIONAL_THERAPIST, PHYSIOTHERAPIST
from providers.identifiers import demo_cvrs
from providers.models import AgreementBasis

PROVIDER = ("id", "name", "kind", "municipality_id", "cvr")
AGREEMENT = ("provider_id", "basis", "municipality_id", "valid_from", "valid_to")
SITE = (
    *("id", "provider_id", "name", "street", "postal_code_id", "longitude", "latitude", "phone", "web"),
    *("step_free", "lift", "accessible_toilet", "parking", "languages", "capacity_confirmed_at"),
)
PRACTITIONER = ("site_id", "name", "profession", "role", "authorisation_id", "checked_at", "withdrawn_at")

_NONE = r"\N"
_SINCE = date(2019, 2, 1)
_LANGUAGES = ("{da}", "{da}", "{da,en}", "{da,en}", "{da,de}", "{da,en,ar}", "{da,en,pl}", "{da,tr,en}")
_AUTHORISATIONS = 31**4


def provider_lines(houses: Sequence[BigHouse]) -> Iterator[str]:
    """One provider for each house, under the house's number."""
    for house, cvr in zip(houses, demo_cvrs(), strict=False):
        own = house.basis is AgreementBasis.OWN
        kind, run_by = ("municipal", house.municipality) if own else ("private", _NONE)
        yield f"{house.id}\t{house.name}\t{kind}\t{run_by}\t{cvr}"


def agreement_lines(houses: Sequence[BigHouse], today: date, random: Random) -> Iterator[str]:
    """The basis of each; one private agreement in fifty has ended, another ends soon."""
    ended, ending = today - timedelta(days=20), today + timedelta(days=30)
    for house in houses:
        private = house.basis is AgreementBasis.EXTENDED
        fate = random.random() if private else 1.0
        until = ended if fate < 0.02 else ending if fate < 0.04 else _NONE
        code = _NONE if private else house.municipality
        yield f"{house.id}\t{house.basis.value}\t{code}\t{_SINCE}\t{until}"
        if house.also_extended:
            yield f"{house.id}\t{AgreementBasis.EXTENDED.value}\t{_NONE}\t{_SINCE}\t{_NONE}"


def site_lines(houses: Sequence[BigHouse], today: date, random: Random) -> Iterator[str]:
    """One site for each house, some hundred metres around its postal code's point; a few clinics are forgotten."""
    recent = [str(start_of_day(today) - timedelta(days=days)) for days in range(14)]
    forgotten = str(start_of_day(today) - timedelta(days=90))
    facts = ["\t".join(fact) for fact in product("tf", repeat=4)]
    draw, pick = random.random, random.choice
    for house in houses:
        place, stale = house.place, house.basis is AgreementBasis.EXTENDED and draw() < 0.05
        longitude, latitude = place.longitude + draw() / 100 - 0.005, place.latitude + draw() / 166 - 0.003
        yield (
            f"{house.id}\t{house.id}\t{house.name}\tOpdigtet Allé {house.id % 99 + 1}\t{place.code}"
            f"\t{longitude:.5f}\t{latitude:.5f}\t{PHONE}\thttps://sted-{house.id}.example\t{pick(facts)}"
            f"\t{pick(_LANGUAGES)}\t{forgotten if stale else pick(recent)}"
        )


def practitioner_lines(houses: Sequence[BigHouse], today: date, random: Random) -> Iterator[str]:
    """A therapist of each profession; one in fifty has not been checked yet, as many are no longer authorised.

    There are fewer invented authorisation numbers than therapists, so some work in two places.
    """
    checked, withdrawn = start_of_day(today) - timedelta(days=60), start_of_day(today) - timedelta(days=5)
    for house in houses:
        for place, profession in enumerate((PHYSIOTHERAPIST, OCCUPATIONAL_THERAPIST)):
            fate, number = random.random(), house.id * 2 + place
            times = f"{_NONE}\t{_NONE}" if fate < 0.02 else f"{checked}\t{withdrawn if fate < 0.04 else _NONE}"
            name = f"Demo Terapeut {house.id}-{place + 1}"
            yield f"{house.id}\t{name}\t{profession}\ttherapist\t{_authorisation(number)}\t{times}"


def _authorisation(number: int) -> str:
    """An invented autorisations-ID, as `demo_authorisation_id` draws them."""
    letters, number = "0123456789bcdfghjklmnpqrstvwxyz", number % _AUTHORISATIONS
    return (
        "z" + letters[number // 29791] + letters[number // 961 % 31] + letters[number // 31 % 31] + letters[number % 31]
    )
