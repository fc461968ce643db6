"""A site's facts: what is typed is read whole or not at all, and a point that is elsewhere is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from providers.accounts import Post
from providers.accounts.errors import EmailInvalid, NameInvalid
from providers.actors import Actor
from providers.approving.errors import PractitionerUnknown
from providers.database import fetch, fetch_value
from providers.errors import GenvejError
from providers.geography import OutsideDenmark
from providers.models import Practitioner, Site
from providers.roles import Role
from providers.sites.errors import (
    AlreadyOnStaff,
    AuthorisationMissing,
    AuthorisationUnreadable,
    CoordinatesUnreadable,
    DoorWidthUnreadable,
    FactsUnreadable,
    LanguageMissing,
    ModeMissing,
    PhoneUnreadable,
    PointAtSea,
    PostalCodeUnknown,
    ProfessionMissing,
    SiteNameMissing,
    SiteUnknown,
    StreetMissing,
    TooLong,
    WebUnreadable,
)
from providers.sites.facts import Typed, read_facts
from providers.sites.freshness import Freshness, Limits, confirm
from providers.sites.keeping import add_person, add_site, change_site, remove_person
from providers.sites.placing import place
from providers.sites.reading import people_of, sites_like, sites_of, stale_sites
from tests.support.invariants import assert_invariants
from tests.support.worlds import NOW, a_provider, a_site

pytestmark = pytest.mark.usefixtures("clean_world")

TYPED = Typed(
    {
        "navn": "  Prøveklinikken  Ved Åen ",
        "vej": "Prøvevej 1",
        "postnummer": "8000",
        "bredde": "56,1567",
        "laengde": "10.2108",
        "telefon": "00 00 00 00",
        "telefontid": "",
        "web": "https://klinik.example",
        "email": "TIDER@klinik.example",
        "doer": "80",
    },
    frozenset({"lift"}),
    ["en", "da", "tlh"],
    ["group", "carrier_pigeon"],
)


async def an_owner() -> Actor:
    post = Post(Role.CLINIC_OWNER, provider=(await a_provider("private")).pk)
    return Actor("account:1", post.role, post.organisation, post.scope)


async def test_what_was_typed_is_kept_clean() -> None:
    facts = await read_facts(TYPED)
    assert (facts.name, facts.notice_email, facts.phone_hours) == (
        "Prøveklinikken Ved Åen",
        "tider@klinik.example",
        None,
    )
    assert (facts.longitude, facts.latitude, facts.door_width_cm) == (10.2108, 56.1567, 80)
    assert (facts.languages, facts.modes, facts.lift, facts.parking) == (["da", "en"], ["group"], True, False)
    owner = await an_owner()
    number = await add_site(facts, actor=owner, now=NOW)
    (listed,) = await sites_of(owner.scope.provider or 0)
    assert (listed.id, listed.postal_name, listed.capacity_confirmed_at) == (number, "Aarhus C", NOW)
    assert [site.id for site in await sites_like("VED ÅEN", 5)] == [number]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("navn", " \u202e ", SiteNameMissing),
        ("navn", "x" * 121, SiteNameMissing),
        ("vej", "", StreetMissing),
        ("postnummer", "0000", PostalCodeUnknown),
        ("bredde", "", CoordinatesUnreadable),
        ("bredde", "nan", CoordinatesUnreadable),
        ("bredde", "nord", CoordinatesUnreadable),
        ("telefon", "12 34", PhoneUnreadable),
        ("telefon", "+45 javascript", PhoneUnreadable),
        ("telefontid", "x" * 121, TooLong),
        ("web", "javascript:alert(1)", WebUnreadable),
        ("web", "https://bruger:kode@klinik.example", WebUnreadable),
        ("web", "https://[", WebUnreadable),
        ("email", "ingen", EmailInvalid),
        ("doer", "39", DoorWidthUnreadable),
        ("doer", "²", DoorWidthUnreadable),
    ],
)
async def test_each_field_is_refused_by_itself(field: str, value: str, error: type[GenvejError]) -> None:
    with pytest.raises(FactsUnreadable) as refused:
        await read_facts(replace(TYPED, texts={**TYPED.texts, field: value}))
    assert {name: type(found) for name, found in refused.value.by_field.items()} == {field: error}


async def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(FactsUnreadable) as refused:
        await read_facts(Typed(dict.fromkeys(TYPED.texts, ""), frozenset(), [], []))
    found = {name: type(error) for name, error in refused.value.by_field.items()}
    assert found == {
        "navn": SiteNameMissing,
        "vej": StreetMissing,
        "postnummer": PostalCodeUnknown,
        "sprog": LanguageMissing,
        "form": ModeMissing,
    }


@pytest.mark.parametrize(
    ("code", "latitude", "longitude"),
    [
        ("1050", "55.6760", "12.5700"),
        ("9990", "57.7440", "10.6340"),
        ("3770", "55.27", "14.80"),
        ("7900", "56.70", "8.70"),
    ],
)
async def test_a_point_of_its_own_district_is_taken(code: str, latitude: str, longitude: str) -> None:
    assert await place(code, longitude, latitude) == (float(longitude), float(latitude))


@pytest.mark.parametrize(
    ("latitude", "longitude", "error"),
    [
        ("55.60", "12.99", PointAtSea),  # Malmö, within sight of Copenhagen
        ("55.70", "12.70", PointAtSea),  # in the Øresund
        ("56.15", "10.20", PointAtSea),  # Aarhus, with a postal code of Copenhagen
        ("56.50", "11.80", OutsideDenmark),  # in the middle of the Kattegat
        ("52.52", "13.40", OutsideDenmark),  # Berlin
        ("12.57", "55.67", OutsideDenmark),  # the two numbers in each other's place
        ("0", "0", OutsideDenmark),
    ],
)
async def test_a_point_at_sea_or_abroad_is_refused(latitude: str, longitude: str, error: type[GenvejError]) -> None:
    with pytest.raises(error):
        await place("1050", longitude, latitude)


async def test_every_postal_code_s_own_point_is_taken() -> None:
    for row in await fetch("SELECT code, longitude, latitude FROM postal_code WHERE code LIKE '%00' OR code > '9900'"):
        typed = await place(row["code"], str(row["longitude"]), str(row["latitude"]))
        assert typed == await place(row["code"], "", "") == (row["longitude"], row["latitude"])


async def test_a_site_that_moves_is_found_where_it_is_now() -> None:
    site = await a_site("private", slots=[NOW + timedelta(days=2)])
    owner = replace(await an_owner(), scope=Post(Role.CLINIC_OWNER, provider=site.provider_id).scope)
    facts = await read_facts(TYPED)
    await change_site(site.pk, facts, actor=owner, now=NOW)
    assert await fetch_value("SELECT ST_Equals(o.point, s.point) FROM offer o JOIN site s ON s.id = o.site_id")
    await assert_invariants(NOW)
    with pytest.raises(SiteUnknown):
        await change_site(site.pk, facts, actor=await an_owner(), now=NOW)


async def test_a_person_is_written_on_once_and_taken_off_with_what_they_offered() -> None:
    site = await a_site("private", slots=[NOW + timedelta(days=2)])
    owner = replace(await an_owner(), scope=Post(Role.CLINIC_OWNER, provider=site.provider_id).scope)

    async def add(name: str = "Tea", fag: str = "5151", role: str = "therapist", number: str = "BCD12") -> None:
        await add_person(site.pk, name=name, profession=fag, role=role, authorisation_id=number, actor=owner, now=NOW)

    await add()
    newcomer = await Practitioner.get(name="Tea")
    assert (newcomer.authorisation_id, newcomer.checked_at) == ("bcd12", None)
    for values, error in (
        ({"name": ""}, NameInvalid),
        ({"fag": "9999"}, ProfessionMissing),
        ({"role": "chief"}, ProfessionMissing),
        ({"number": "aeiou"}, AuthorisationUnreadable),
        ({"number": ""}, AuthorisationMissing),
        ({}, AlreadyOnStaff),
    ):
        with pytest.raises(error):
            await add(**values)
    assert len(await people_of(site.pk)) == 2
    first = await Practitioner.get(site_id=site.pk, checked_at__isnull=False)
    await remove_person(site.pk, first.pk, actor=owner, now=NOW)
    assert await fetch_value("SELECT count(*) FROM offer") == 0
    with pytest.raises(PractitionerUnknown):
        await remove_person(site.pk, first.pk, actor=owner, now=NOW)
    await assert_invariants(NOW)


def test_the_three_limits_are_met_in_order_and_to_the_instant() -> None:
    day = timedelta(days=1)
    limits = Limits(30 * day, 45 * day, 60 * day)
    ages = [0 * day, 30 * day, 31 * day, 45 * day, 46 * day, 60 * day, 60 * day + timedelta(microseconds=1)]
    assert [limits.at(NOW - age, NOW).value for age in ages] == [
        "fresh",
        "fresh",
        "reminded",
        "reminded",
        "marked",
        "marked",
        Freshness.STOPPED.value,
    ]


async def test_one_press_confirms_one_s_own_sites_and_nobody_else_s() -> None:
    mine, other = [await a_site("private", confirmed_at=NOW - timedelta(days=70)) for _ in range(2)]
    owner = replace(await an_owner(), scope=Post(Role.PLANNER, provider=mine.provider_id).scope)
    assert [site.id for site in await stale_sites(NOW, 5)] == [mine.pk, other.pk]
    assert await confirm([mine.pk, other.pk], actor=owner, now=NOW) == 1
    assert [site.id for site in await stale_sites(NOW, 5)] == [other.pk]
    with pytest.raises(SiteUnknown):
        await confirm([other.pk], actor=owner, now=NOW)
    assert (await Site.get(id=mine.pk)).capacity_confirmed_at == NOW
