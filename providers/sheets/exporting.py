"""The same lists as they stand here, to be looked at, changed in a spreadsheet, and taken in again."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from providers.clock import COPENHAGEN
from providers.database import fetch
from providers.models import ApprovalState, SlotMode
from providers.sheets.cells import LEVELS, MODES, STATES
from providers.sheets.columns import COLUMNS, Kind

_BATCH = 5_000
_OF = "s.id AS site, p.cvr, s.name AS site_name"
_FROM = "FROM site s JOIN provider p ON p.id = s.provider_id"
_PAGE = "($1::int IS NULL OR p.id = $1) AND {id} > $2 ORDER BY {id} LIMIT $3"
_QUERIES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.SITES: f"""
            SELECT s.id AS row, {_OF}, s.street, s.postal_code_id AS postal_code, s.latitude, s.longitude, s.phone,
                   s.phone_hours, s.web, s.notice_email, s.step_free, s.lift, s.accessible_toilet, s.parking,
                   s.door_width_cm AS door_width, s.languages, s.modes
            {_FROM} WHERE $4::timestamptz IS NOT NULL AND {_PAGE.format(id="s.id")}
        """,
        Kind.APPROVALS: f"""
            SELECT a.id AS row, {_OF}, l.package_id AS package, l.level, a.valid_from, a.valid_to, a.state
            {_FROM} JOIN approval a ON a.site_id = s.id JOIN package_level l ON l.id = a.package_level_id
            WHERE $4::timestamptz IS NOT NULL AND {_PAGE.format(id="a.id")}
        """,
        Kind.SLOTS: f"""
            SELECT t.id AS row, {_OF}, t.starts_at, t.minutes, t.mode, t.seats, t.taken,
                   (SELECT array_agg(l.package_id || ' ' || l.level ORDER BY l.id) FROM package_level l
                    WHERE l.id = ANY (t.package_levels)) AS packages
            {_FROM} JOIN slot t ON t.site_id = s.id
            WHERE t.starts_at > $4 AND t.closed_seats IS NULL AND NOT t.whole_week AND {_PAGE.format(id="t.id")}
        """,
    }
)
_MODE_WORDS = {mode: word for word, mode in MODES.items()}
_LEVEL_WORDS = {level: word for word, level in LEVELS.items()}
_STATE_WORDS = {state: word.replace("oe", "ø") for word, state in STATES.items()}


async def rows_of(kind: Kind, provider: int | None, now: datetime) -> AsyncIterator[list[object]]:
    """Rows in the order of `headings_of(kind)`: of one provider, or of everybody. Times are those that lie ahead."""
    after = 0
    while rows := await fetch(_QUERIES[kind], provider, after, _BATCH, now):
        for row in rows:
            values = _values(dict(row))
            yield [values.get(name) for name in COLUMNS[kind]]
        after = rows[-1]["row"]


def _values(row: dict[str, Any]) -> dict[str, object]:
    if "starts_at" in row:
        local = row["starts_at"].astimezone(COPENHAGEN)
        row |= {"day": f"{local:%d-%m-%Y}", "clock": f"{local:%H.%M}"}
    return {name: _WRITTEN.get(name, _as_it_is)(value) for name, value in row.items() if value is not None}


def _as_it_is(value: Any) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return ", ".join(value) if isinstance(value, list) else value


def _degrees(value: float) -> str:
    return f"{value:.6f}".replace(".", ",")


def _packages(values: list[str]) -> str:
    pairs = (value.rpartition(" ") for value in values)
    return ", ".join(f"{package} {_LEVEL_WORDS[level]}" for package, _, level in pairs)


_WRITTEN: Mapping[str, Any] = MappingProxyType(
    {
        "latitude": _degrees,
        "longitude": _degrees,
        "level": lambda level: _LEVEL_WORDS[level],
        "state": lambda state: _STATE_WORDS[ApprovalState(state)],
        "mode": lambda mode: _MODE_WORDS[SlotMode(mode)],
        "modes": lambda modes: ", ".join(_MODE_WORDS[SlotMode(mode)] for mode in modes),
        "packages": _packages,
        "valid_from": lambda day: f"{day:%d-%m-%Y}",
        "valid_to": lambda day: f"{day:%d-%m-%Y}",
    }
)
