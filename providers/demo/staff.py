"""The invented therapists, assistants and students."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from providers.clock import start_of_day
from providers.demo.houses import House
from providers.demo.identities import unique
from providers.demo.rows import PractitionerRow
from providers.identifiers import demo_authorisation_id
from providers.models import AgreementBasis, PractitionerRole

PHYSIOTHERAPIST, OCCUPATIONAL_THERAPIST = "5151", "5153"


def practitioner_rows(
    houses: Sequence[House], site_ids: Sequence[int], today: date, random: Random
) -> Iterator[PractitionerRow]:
    """The staff of each site. A few authorisations have not been checked, or have been withdrawn since."""
    new_id = unique(demo_authorisation_id, random)
    for house, site_id in zip(houses, site_ids, strict=True):
        for place, profession in enumerate(_professions(house.basis, random), 1):
            name = f"Demo Terapeut {site_id}-{place}"
            # A municipality always has one checked therapist of each profession.
            certain = house.basis is AgreementBasis.OWN and place <= 2
            yield _therapist(site_id, name, profession, new_id, today, None if certain else random)
        for role, share, title in _HELPERS:
            if random.random() < share:
                name = f"Demo {title} {site_id}"
                yield PractitionerRow(site_id, name, PHYSIOTHERAPIST, role, None, None, None)


_HELPERS = (
    (PractitionerRole.ASSISTANT, 0.3, "Assistent"),
    (PractitionerRole.STUDENT, 0.1, "Studerende"),
)


def _professions(basis: AgreementBasis, random: Random) -> list[str]:
    """The professions of a site's therapists; a private clinic may have one only."""
    if basis is AgreementBasis.OWN:
        return [PHYSIOTHERAPIST, OCCUPATIONAL_THERAPIST] * random.randint(1, 3)
    kinds = [PHYSIOTHERAPIST] if random.random() < 0.95 else [OCCUPATIONAL_THERAPIST]
    if random.random() < 0.45:
        kinds.append(OCCUPATIONAL_THERAPIST)
    return kinds + random.choices(kinds, k=random.randint(0, 3))


def _therapist(
    site_id: int, name: str, profession: str, new_id: Callable[[], str], today: date, random: Random | None
) -> PractitionerRow:
    checked, withdrawn = (start_of_day(today) - timedelta(days=30), None) if random is None else _check(today, random)
    return PractitionerRow(site_id, name, profession, PractitionerRole.THERAPIST, new_id(), checked, withdrawn)


def _check(today: date, random: Random) -> tuple[datetime | None, datetime | None]:
    """When the authorisation was checked (None = not yet) and withdrawn (None = it stands)."""
    fate, checked = random.random(), start_of_day(today) - timedelta(days=random.randint(30, 700))
    if fate < 0.03:
        return None, None
    return checked, checked + timedelta(days=random.randint(1, 29)) if fate < 0.05 else None
