"""What every answer at `/fhir` has in common; the CapabilityStatement, and one resource."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from matching.published.listing import Asked, Listing, listed
from matching.reports.formats.facts import written
from matching.reports.formats.fhir import Resource
from portal.api.conditional import ASKED_AGAIN, KEPT, kept
from portal.api.places import catalogue_of
from portal.fhir.accepting import MEDIA_TYPE, check_form
from portal.fhir.bundles import shortened
from portal.fhir.capability import capability_statement
from portal.fhir.codes import Frame
from portal.fhir.errors import ResourceUnknown
from portal.fhir.question import read_one
from portal.fhir.table import Kind
from portal.fhir.values import by_number, numbers_of
from portal.request_facts import now_of, settings_of


async def metadata(request: Request) -> Response:
    """What can be asked here."""
    check_form(request)
    return kept(request, written(capability_statement(frame_of(request))), KEPT, MEDIA_TYPE)


async def read(request: Request, kind: Kind) -> Response:
    """One resource, as long as it can be booked; raises ResourceUnknown."""
    check_form(request)
    elements = read_one(request, kind)
    numbers = numbers_of(request.path_params["id"], len(kind.numbers))
    values = by_number(numbers, len(kind.numbers)) if len(numbers) == 1 else None
    rows = await rows_of(request, kind.listing, {"numbers": values}, 1) if values else []
    if not rows:
        raise ResourceUnknown
    return answer(request, shortened(kind.resource(rows[0], frame_of(request)), elements))


def frame_of(request: Request) -> Frame:
    """Around what is shown to this request."""
    settings = settings_of(request)
    return Frame(f"{settings.public_url}/fhir", catalogue_of(request), settings.demo)


async def rows_of(
    request: Request, listing: Listing[Any], asked: Asked, limit: int, after: Sequence[object] = ()
) -> list[Any]:
    """At most `limit` rows of what can be booked at this moment."""
    now, policy = now_of(request), settings_of(request).policy
    return await listed(listing, asked, now=now, policy=policy, limit=limit, after=after)


def answer(request: Request, resource: Resource) -> Response:
    """The resource, or only that it is still the same; it is asked about each time."""
    return kept(request, written(resource), ASKED_AGAIN, MEDIA_TYPE)
