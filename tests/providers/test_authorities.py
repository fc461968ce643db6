"""Who is responsible, on both sides of 1 January 2027."""

from datetime import date

import pytest

from providers.authorities import Responsible, responsible_authority
from providers.models import AuthorityKind

OLD, NEW = date(2026, 12, 31), date(2027, 1, 1)
MUNICIPALITY, REGION = AuthorityKind.MUNICIPALITY, AuthorityKind.REGION


@pytest.fixture(autouse=True)
async def reference(world: str) -> None:
    """The reference data, which no test here changes."""


@pytest.mark.parametrize(
    ("plan_type", "municipality", "day", "kind", "name"),
    [
        ("general", "0101", OLD, MUNICIPALITY, "Københavns Kommune"),
        ("general", "0101", NEW, MUNICIPALITY, "Københavns Kommune"),
        ("general", "0400", NEW, MUNICIPALITY, "Bornholms Regionskommune"),
        ("specialised", "0101", OLD, REGION, "Region Hovedstaden"),
        ("specialised", "0265", OLD, REGION, "Region Sjælland"),
        ("specialised", "0101", NEW, REGION, "Region Østdanmark"),
        ("specialised", "0265", NEW, REGION, "Region Østdanmark"),
        ("specialised", "0820", NEW, REGION, "Region Nordjylland"),
        ("specialised_rehabilitation", "0820", OLD, MUNICIPALITY, "Vesthimmerlands Kommune"),
        ("specialised_rehabilitation", "0820", NEW, REGION, "Region Nordjylland"),
        ("specialised_rehabilitation", "0265", NEW, REGION, "Region Østdanmark"),
    ],
)
async def test_the_responsible_authority(
    plan_type: str, municipality: str, day: date, kind: AuthorityKind, name: str
) -> None:
    assert await responsible_authority(plan_type, municipality, day) == Responsible(kind, name, None)


@pytest.mark.parametrize(
    ("plan_type", "municipality", "day"),
    [
        ("general", "0411", OLD),
        ("specialised", "0411", OLD),
        ("general", "9999", OLD),
        ("unknown", "0101", OLD),
        ("general", "0101", date(1999, 1, 1)),
    ],
)
async def test_nobody_is_responsible(plan_type: str, municipality: str, day: date) -> None:
    assert await responsible_authority(plan_type, municipality, day) is None
