"""The database server: its version, what is installed in it, its tables, and whether it counts as we do."""

from portal.doctor.findings import Finding, judged
from providers.database import fetch, fetch_value, pending_migrations

OLDEST = 15
EXTENSIONS = ("postgis", "btree_gist")

# Rådhuspladsen in København: WGS84, and the same point in ETRS89 / UTM zone 32N, by Krüger's series.
LONGITUDE, LATITUDE = 12.57, 55.676
EASTING, NORTHING = 724_459.336, 6_175_798.404
_NEAR = 0.01

_PROJECT = """
SELECT ST_X(p) AS easting, ST_Y(p) AS northing
FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), 4326), 25832) AS p) projected
"""

_HOURS = """
SELECT extract(hour FROM timestamptz '2026-01-15 12:00Z' AT TIME ZONE 'Europe/Copenhagen') = 13
   AND extract(hour FROM timestamptz '2026-07-15 12:00Z' AT TIME ZONE 'Europe/Copenhagen') = 14
"""


async def check_version() -> Finding:
    number = int(await fetch_value("SHOW server_version_num"))
    faults = [] if number >= OLDEST * 10_000 else [f"PostgreSQL {number // 10_000} is too old: {OLDEST} is needed."]
    return judged("database", faults, f"PostgreSQL {number // 10_000}.{number % 10_000} answers")


async def check_extensions() -> Finding:
    found = {record["extname"]: record["extversion"] for record in await fetch("SELECT * FROM pg_extension")}
    missing = [name for name in EXTENSIONS if name not in found]
    faults = [f"Missing: {', '.join(missing)}. As the server's administrator: CREATE EXTENSION …"] if missing else []
    return judged("extensions", faults, ", ".join(f"{name} {found.get(name)}" for name in EXTENSIONS))


async def check_projection() -> Finding:
    """A known point lands where it should: without it every distance is wrong."""
    (point,) = await fetch(_PROJECT, LONGITUDE, LATITUDE)
    off = max(abs(point["easting"] - EASTING), abs(point["northing"] - NORTHING))
    faults = [] if off < _NEAR else [f"A known point is {off:.2f} m off. Repair PostGIS's table spatial_ref_sys."]
    return judged("projection", faults, "a known point lands where it should")


async def check_time_zones() -> Finding:
    """The server knows Danish time too, for some rules are asked in SQL."""
    faults = [] if await fetch_value(_HOURS) else ["The server's Danish time is wrong. Update its time zones."]
    return judged("server time", faults, "the server knows Danish time")


async def check_migrations() -> Finding:
    pending = await pending_migrations()
    faults = [f"Not run yet: {', '.join(pending)}. Run: genvej migrate"] if pending else []
    return judged("migrations", faults, "all have been run")
