"""Just enough of the country until `providers.reference` can load all of it."""

from contextlib import suppress
from importlib import import_module

from providers.database import execute

MUNICIPALITIES = (
    ("0101", "København", 12.6016, 55.6574),
    ("0400", "Bornholm", 14.90, 55.13),
    ("0492", "Ærø", 10.36, 54.87),
    ("0820", "Vesthimmerland", 9.40, 56.82),
    ("0825", "Læsø", 11.02, 57.27),
)
POSTAL_CODES = (("1050", "København K", 12.5860, 55.6804, "0101"), ("3700", "Rønne", 14.70, 55.10, "0400"))


async def load_reference() -> None:
    with suppress(ImportError, AttributeError):
        await import_module("providers.reference").load_reference()
        return
    for code, name, lon, lat in MUNICIPALITIES:
        await execute(
            "INSERT INTO municipality (code, name, official_name, longitude, latitude) VALUES ($1, $2, $2, $3, $4)",
            code,
            name,
            lon,
            lat,
        )
    for code, name, lon, lat, municipality in POSTAL_CODES:
        await execute("INSERT INTO postal_code VALUES ($1, $2, $3, $4, ARRAY[$5])", code, name, lon, lat, municipality)
    for area in ("01", "02", "06", "11"):
        for place, track in enumerate(("kirurgisk", "medicinsk")):
            await execute(
                "INSERT INTO package (code, area, area_name, track, professions, source, valid_from)"
                " VALUES ($1, $2, $3, $4, ARRAY['5151', '5153'], 'real', '2019-02-01')",
                f"{area}-{track}",
                area,
                f"Område {area}",
                track,
            )
            for step, level in enumerate(("basic", "advanced")):
                number = int(area) * 4 + place * 2 + step
                await execute("INSERT INTO package_level VALUES ($1, $2, $3)", number, level, f"{area}-{track}")
