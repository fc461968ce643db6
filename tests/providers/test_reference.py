"""The files in the tables, and the tables in memory."""

from datetime import date

import pytest

from providers.database import connect, fetch, fetch_value
from providers.packages import package_level_id
from providers.reference import Catalogue, load_catalogue, load_reference
from providers.reference.loader import read

TABLES = (
    "region",
    "municipality",
    "municipality_region",
    "authority",
    "postal_code",
    "transport_threshold",
    "package",
    "package_level",
)


async def rows(table: str) -> list[str]:
    return [str(row[0]) for row in await fetch(f"SELECT t::text FROM {table} t ORDER BY 1")]


@pytest.fixture
async def catalogue(world: str) -> Catalogue:
    return await load_catalogue()


async def test_loading_again_changes_nothing(database: str) -> None:
    await load_reference()
    before = {table: await rows(table) for table in TABLES}

    await load_reference()

    assert {table: await rows(table) for table in TABLES} == before


async def test_loading_again_puts_right_what_the_files_say_and_leaves_the_rest(database: str) -> None:
    await load_reference()
    connection = await connect(database)
    await connection.execute("UPDATE municipality SET official_name = 'X', phone = '00 00 00 00' WHERE code = '0101'")
    await connection.close()

    await load_reference()

    municipality = await fetch("SELECT official_name, phone FROM municipality WHERE code = '0101'")
    assert [tuple(row) for row in municipality] == [("Københavns Kommune", "00 00 00 00")]


async def test_the_counts_are_those_of_denmark(catalogue: Catalogue) -> None:
    assert len(catalogue.postal_codes) == 1089
    assert sum(entry.is_municipality for entry in catalogue.municipalities.values()) == 98
    assert len(catalogue.municipalities) == 99
    assert len(catalogue.packages) == 28
    assert len(catalogue.package_level_ids) == 56


async def test_the_four_known_areas_are_real_and_all_others_say_that_they_are_not(catalogue: Catalogue) -> None:
    real = {package.area: package.name for package in catalogue.packages.values() if package.source == "real"}

    assert real == {
        "01": "01 Underekstremitet, medicinsk",
        "02": "02 Overekstremitet (ikke hånd), medicinsk",
        "06": "06 Nakke og Ryg, medicinsk",
        "11": "11 Almen svækkelse, medicinsk",
    }
    assert all("(demo)" in package.name for package in catalogue.packages.values() if package.area not in real)
    assert catalogue.packages["01-kirurgisk"].name == "01 Underekstremitet, kirurgisk"


async def test_package_levels_have_the_numbers_that_the_program_computes(catalogue: Catalogue) -> None:
    assert catalogue.package_level_ids == {
        (package, level): package_level_id(package, level)
        for package in catalogue.packages
        for level in ("basic", "advanced")
    }


async def test_every_municipality_has_a_postal_code_of_its_own(catalogue: Catalogue) -> None:
    # The source has no district for Christiansø.
    own = {code for code, entry in catalogue.municipalities.items() if entry.is_municipality}

    assert {entry.municipality_code for entry in catalogue.postal_codes.values()} == own


async def test_every_municipality_is_in_one_region_on_every_day_and_christiansoe_in_none(world: str) -> None:
    for day in (date(2018, 7, 1), date(2026, 12, 31), date(2027, 1, 1), date(2040, 1, 1)):
        regions = await fetch(
            "SELECT mr.municipality_id, count(*) FROM municipality_region mr JOIN region r ON r.code = mr.region_id"
            " WHERE $1 BETWEEN mr.valid_from AND coalesce(mr.valid_to, 'infinity')"
            " AND $1 BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity') GROUP BY 1",
            day,
        )
        assert {row["count"] for row in regions} == {1}
        assert len(regions) == 98
        assert "0411" not in {row["municipality_id"] for row in regions}


async def test_region_oestdanmark_has_the_municipalities_of_the_two_before_it(world: str) -> None:
    assert await fetch_value("SELECT count(*) FROM municipality_region WHERE region_id = 'EAST'") == await fetch_value(
        "SELECT count(*) FROM municipality_region WHERE region_id IN ('1084', '1085')"
    )


def test_files_are_sorted_and_without_repetition() -> None:
    for file in ("postal_codes.csv", "municipalities.csv", "packages.csv", "regions.csv"):
        codes = [str(row["code"]) for row in read(file)]
        assert codes == sorted(set(codes))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("8000", "8000"),
        ("80", "8000"),
        ("Aalborg", "9000"),
        ("ålborg", "9000"),
        ("alborg", "9000"),
        ("KØBENHAVN N", "2200"),
        ("kobenhavn n", "2200"),
        ("koebenhavn n", "2200"),
        (" 5000   odense ", "5000"),
        ("Ærøskøbing", "5970"),
    ],
)
async def test_postal_codes_are_found_however_they_are_written(catalogue: Catalogue, text: str, first: str) -> None:
    assert catalogue.postal_codes_like(text, 5)[0].code == first


async def test_each_name_stands_once_before_any_stands_twice(catalogue: Catalogue) -> None:
    names = [entry.name for entry in catalogue.postal_codes_like("københavn", 7)]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("text", ["", "   ", "zz", "0000", "99999", "\x00", "😀", "%"])
async def test_other_text_finds_no_postal_code(catalogue: Catalogue, text: str) -> None:
    assert catalogue.postal_codes_like(text, 10) == []


async def test_a_postal_code_that_does_not_exist_is_none(catalogue: Catalogue) -> None:
    assert catalogue.postal_code("0001") is None
    assert catalogue.postal_code("8000") is not None


async def test_every_postal_code_is_nearest_to_itself(catalogue: Catalogue) -> None:
    for entry in list(catalogue.postal_codes.values())[::25]:
        nearest = catalogue.nearest_postal_code(entry.easting, entry.northing)
        assert (nearest.easting, nearest.northing) == (entry.easting, entry.northing)
