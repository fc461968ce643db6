"""GET packages and GET postal-codes: what the other operations' parameters may be."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from matching.plan_facts import Level
from portal.api.answers import PackageItem, PostalCodeItem
from portal.api.conditional import kept
from portal.api.places import catalogue_of
from portal.api.questions import Nothing, PostalCodeQuestion
from providers.reference.catalogue import Catalogue, PackageEntry, PostalCodeEntry


async def get_packages(request: Request, asked: Nothing) -> Response:
    """All packages, in the order of their codes."""
    catalogue = catalogue_of(request)
    items = [_package(entry, catalogue) for entry in catalogue.packages.values()]
    return kept(request, orjson.dumps({"items": items}))


async def get_postal_codes(request: Request, asked: PostalCodeQuestion) -> Response:
    """The postal codes that a text may be the beginning of."""
    found = catalogue_of(request).postal_codes_like(asked.q, asked.limit)
    return kept(request, orjson.dumps({"items": [_postal_code(entry) for entry in found]}))


def _package(entry: PackageEntry, catalogue: Catalogue) -> PackageItem:
    return {
        "code": entry.code,
        "area": entry.area,
        "track": entry.track,
        "name": entry.name,
        "levels": [level for level in Level if (entry.code, level) in catalogue.package_level_ids],
        "source": entry.source,
    }


def _postal_code(entry: PostalCodeEntry) -> PostalCodeItem:
    return {
        "code": entry.code,
        "name": entry.name,
        "municipality_code": entry.municipality_code,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
    }
