"""Between a line of a list of sites and the form of one site: what the file does not say stays as it is."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from providers.models import Site
from providers.sheets.cells import mode_of, yes_in
from providers.sheets.columns import Kind
from providers.sheets.errors import WordNotKnown
from providers.sheets.reading import Line, heading_of
from providers.sites.facts import LANGUAGES, YES_OR_NO, Facts, Typed

_KIND = Kind.SITES
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "site_name": "navn",
        "street": "vej",
        "postal_code": "postnummer",
        "latitude": "bredde",
        "longitude": "laengde",
        "phone": "telefon",
        "phone_hours": "telefontid",
        "web": "web",
        "notice_email": "email",
        "door_width": "doer",
    }
)
"""Our name of a column → the field of the form."""

# Half a metre: what is lost where a degree is written with six decimals.
_SAME_PLACE = 0.000005


def typed_of(site: Site) -> Typed:
    """The form of a site as it is known."""
    latitude, longitude = (f"{number:.6f}".rstrip("0").replace(".", ",") for number in (site.latitude, site.longitude))
    texts = {
        "navn": site.name,
        "vej": site.street,
        "postnummer": site.postal_code_id,
        "bredde": latitude,
        "laengde": longitude,
        "telefon": site.phone or "",
        "telefontid": site.phone_hours or "",
        "web": site.web or "",
        "email": site.notice_email or "",
        "doer": str(site.door_width_cm or ""),
    }
    ticked = frozenset(name for name in YES_OR_NO if getattr(site, name))
    return Typed(texts, ticked, site.languages, site.modes or [])


def typed_of_line(line: Line, columns: Collection[str], site: Site | None) -> Typed:
    """As if somebody had typed it over the form of the site; raises WordNotKnown."""
    before = typed_of(site) if site else Typed(dict.fromkeys(_FIELDS.values(), ""), frozenset(), ["da"], [])
    texts = dict(before.texts) | {_FIELDS[name]: line[name] for name in _FIELDS if name in columns}
    if not line["latitude"] and not line["longitude"]:
        stays = site and (site.street, site.postal_code_id) == (texts["vej"], texts["postnummer"])
        kept = before.texts if stays else {}
        texts |= {name: kept.get(name, "") for name in ("bredde", "laengde")}
    ticked = {name for name in YES_OR_NO if (yes_in(line, name, _KIND) if name in columns else name in before.ticked)}
    languages = _languages(line) or before.languages
    # The form asks for one; whether the list has said one is seen in `columns_of`.
    modes = _modes(line) or before.modes or ["individual"]
    return Typed(texts, frozenset(ticked), languages, modes)


def columns_of(facts: Facts, line: Line, site: Site | None) -> dict[str, Any]:
    """The columns of `site` to be written: all of a new one, else those that change."""
    columns = facts.columns()
    if not line["modes"]:
        columns["modes"] = site.modes if site else None
    if site is None:
        return columns
    return {name: value for name, value in columns.items() if not _alike(getattr(site, name), value)}


def _alike(there: object, wanted: object) -> bool:
    if isinstance(there, float) and isinstance(wanted, float):
        return abs(there - wanted) < _SAME_PLACE
    if isinstance(there, list) and isinstance(wanted, list):
        return set(there) == set(wanted)
    return there == wanted


def _languages(line: Line) -> list[str]:
    codes = [word.strip().lower() for word in line["languages"].split(",") if word.strip()]
    if not set(codes) <= set(LANGUAGES):
        raise WordNotKnown(heading=heading_of("languages", _KIND), words=", ".join(LANGUAGES))
    return codes


def _modes(line: Line) -> list[str]:
    heading = heading_of("modes", _KIND)
    return [mode_of(word, heading).value for word in line["modes"].split(",") if word.strip()]
