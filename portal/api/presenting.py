"""From what the verbs answer to what the API answers. The list is the hot path: plain dictionaries, no models."""

from collections.abc import Mapping
from datetime import date

import orjson
from starlette.responses import Response

from matching.booking.reading import Booked
from matching.finding import Match
from portal.api.answers import BookedSite, BookingAnswer, MatchItem
from providers.clock import COPENHAGEN
from providers.weeks import is_whole_week


def answer(body: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """JSON; instants keep the offset they come with, without fractions of a second."""
    return Response(orjson.dumps(body, option=orjson.OPT_OMIT_MICROSECONDS), status, headers, "application/json")


def match_item(match: Match, deadline: date | None) -> MatchItem:
    """One row of the list; `deadline` is the plan's guarantee date, None without a plan."""
    first_free = match.first_free.astimezone(COPENHAGEN)
    return {
        "site_id": match.site_id,
        "name": match.site_name,
        "provider_name": match.provider_name,
        "provider_kind": match.provider_kind,
        "basis": match.basis,
        "address": f"{match.street}, {match.postal_code} {match.postal_name}",
        "postal_code": match.postal_code,
        "latitude": match.latitude,
        "longitude": match.longitude,
        "distance_m": round(match.distance),
        "first_free": first_free,
        "whole_week": match.whole_week,
        "slot_id": match.slot_id,
        "days_to_deadline": None if deadline is None else (deadline - first_free.date()).days,
        "modes": match.modes,
        "facts": {
            "step_free": match.step_free,
            "lift": match.lift,
            "accessible_toilet": match.accessible_toilet,
            "parking": match.parking,
        },
        "languages": match.languages,
        "phone": match.phone,
        "web": match.web,
        "capacity_confirmed_at": match.capacity_confirmed_at.astimezone(COPENHAGEN),
        "opens_on": match.opens_on,
    }


def booking_answer(booked: Booked) -> BookingAnswer:
    """A booking as its citizen sees it."""
    return {
        "id": booked.id,
        "state": booked.state,
        "basis": booked.basis,
        "version": booked.version,
        "slot_id": booked.slot_id,
        "starts_at": booked.starts_at.astimezone(COPENHAGEN),
        "whole_week": is_whole_week(booked.starts_at),
        "minutes": booked.minutes,
        "mode": booked.mode,
        "site": BookedSite(
            site_id=booked.site_id,
            name=booked.site_name,
            provider_name=booked.provider_name,
            provider_kind=booked.provider_kind,
            address=f"{booked.street}, {booked.postal_code} {booked.postal_name}",
            postal_code=booked.postal_code,
            latitude=booked.latitude,
            longitude=booked.longitude,
            phone=booked.phone,
            web=booked.web,
        ),
    }
