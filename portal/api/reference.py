"""GET packages and GET postal-codes: what the other operations' parameters may be."""

from starlette.requests import Request
from starlette.responses import Response

from matching.plan_facts import Level
from portal.api.answers import PackageItem, PostalCodeItem
from portal.api.places import catalogue_of
from portal.api.presenting import answer
from portal.api.questions import Nothing, PostalCodeQuestion
from providers.reference.catalogue import Catalogue, PackageEntry, PostalCodeEntry

KEPT = {"Cache-Control": "public, max-age=3600"}
"""The reference data change only with a new version of the program."""


async def get_packages(request: Request, asked: Nothing) -> Response:
    """All packages, in the order of their codes."""
    catalogue = catalogue_of(request)
    return answer({"items": [_package(entry, catalogue) for entry in catalogue.packages.values()]}, headers=KEPT)


async def get_postal_codes(request: Request, asked: PostalCodeQuestion) -> Response:
    """The postal codes that a text may be the beginning of."""
    found = catalogue_of(request).postal_codes_like(asked.q, asked.limit)
    return answer({"items": [_postal_code(entry) for entry in found]}, headers=KEPT)


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
