"""The demo's tour: a citizen's way from the code to the report, over HTTP, as a program would go it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx

from matching.demo import DemoCode
from portal.commands.showing import document, table

REPORT_WITHIN = 30.0
"""Seconds in which the municipality must have its report."""


class TourFailed(Exception):
    """Something the demo promises did not happen; the text says what."""


async def tour(portal: str, receiver: str, codes: Sequence[DemoCode]) -> None:
    """Print matches, a booking and its report. Uses the first code that still can be booked; raises TourFailed."""
    code = next((code for code in codes if code.state == "assessed" and len(code.bases) == 4), None)
    if code is None:
        raise TourFailed("Every demo plan is booked by now. Start anew with --fresh.")
    headers = {"Authorization": f"Genvej {code.code}"}
    factor = {"Genvej-Access-Code": code.access_code, "Genvej-Date-Of-Birth": str(code.date_of_birth)}
    async with httpx.AsyncClient(base_url=f"{portal}/api/v1", headers=headers, timeout=20, trust_env=False) as client:
        matches = await _matches(client, code)
        _show_matches(code, matches)
        wish = {"slot_id": matches[0]["slot_id"], "accepts_guarantee_loss": True}
        answer = await client.post("/bookings", json=wish, headers={**factor, "Idempotency-Key": str(uuid4())})
        _expect(answer, 201)
        booking = answer.json()
        document("The booking", booking)
    document("The report, as the home municipality received it", await _report(receiver, booking["id"]))


async def _matches(client: httpx.AsyncClient, code: DemoCode) -> list[dict[str, Any]]:
    answer = await client.get("/matches", params={"postal_code": code.postal_code, "radius_km": "100", "limit": "10"})
    _expect(answer, 200)
    items: list[dict[str, Any]] = answer.json()["items"]
    if not items:
        raise TourFailed(f"Nobody near {code.postal_code} can deliver {code.package} at level {code.level}.")
    return items


def _show_matches(code: DemoCode, matches: Sequence[Mapping[str, Any]]) -> None:
    rows = [
        (
            match["name"],
            match["basis"],
            f"{match['distance_m'] / 1000:.1f}",
            datetime.fromisoformat(match["first_free"]).strftime("%a %d %b %Y %H:%M"),
            match["days_to_deadline"],
        )
        for match in matches
    ]
    title = f"Who can deliver {code.package}, level {code.level}, near {code.postal_code} (code {code.code})"
    table(title, ("Name", "Basis", "km", "First free time", "Days to the guarantee date"), rows)


async def _report(receiver: str, booking_id: str) -> dict[str, Any]:
    """The report about this booking, as soon as the receiver has it."""
    last = monotonic() + REPORT_WITHIN
    async with httpx.AsyncClient(base_url=receiver, trust_env=False) as client:
        while monotonic() < last:
            reports: list[dict[str, Any]] = (await client.get("/reports.json")).json()
            for report in reversed(reports):
                if (report["report"].get("booking") or {}).get("id") == booking_id:
                    return dict(report)
            await asyncio.sleep(0.1)
    raise TourFailed(f"The report did not reach the municipality within {REPORT_WITHIN:.0f} seconds.")


def _expect(answer: httpx.Response, status: int) -> None:
    if answer.status_code != status:
        raise TourFailed(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}")
