"""Citizens who book over HTTP, many at once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from matching.models import Plan
from tests.support.worlds import a_citizen, a_code, a_plan


@dataclass(frozen=True)
class Caller:
    """Somebody with a plan and the letter with its codes."""

    client: httpx.AsyncClient
    plan: Plan
    headers: dict[str, str]

    async def book(self, slot_id: int, *, key: str | None = None) -> httpx.Response:
        """Ask for a time, with a key of this request's own unless one is given."""
        headers = {**self.headers, "Idempotency-Key": key or str(uuid4())}
        return await self.client.post("/bookings", json=self._wish(slot_id), headers=headers)

    async def booked(self, slot_id: int) -> str:
        """The number of a booking that must succeed."""
        return identified(await self.book(slot_id))

    async def move(self, booking_id: str, slot_id: int) -> httpx.Response:
        """Ask for another time instead."""
        return await self.client.post(f"/bookings/{booking_id}/move", json=self._wish(slot_id), headers=self.headers)

    async def cancel(self, booking_id: str) -> httpx.Response:
        """Give the time back."""
        return await self.client.delete(f"/bookings/{booking_id}", headers=self.headers)

    def _wish(self, slot_id: int) -> dict[str, Any]:
        return {"slot_id": slot_id, "accepts_guarantee_loss": True}


async def a_caller(client: httpx.AsyncClient, **plan: Any) -> Caller:
    """A citizen with a plan as `worlds.a_plan` makes it."""
    person = a_citizen()
    made = await a_plan(citizen=person, **plan)
    codes = await a_code(made)
    headers = {
        "Authorization": f"Genvej {codes.code}",
        "Genvej-Access-Code": codes.access_code,
        "Genvej-Date-Of-Birth": str(person.date_of_birth),
    }
    return Caller(client, made, headers)


async def at_once(requests: Iterable[Awaitable[httpx.Response]]) -> list[httpx.Response]:
    """All answers, in the order of the requests, which are sent without waiting for each other."""
    return list(await asyncio.gather(*requests))


def outcomes(answers: Iterable[httpx.Response]) -> Counter[str]:
    """How often each came: the state of a booking that was given, or the code of the problem."""
    return Counter(body.get("code") or body["state"] for body in (answer.json() for answer in answers))


def identified(answer: httpx.Response) -> str:
    """The number of the booking in an answer that must not be a problem."""
    assert answer.is_success, answer.text
    number: str = answer.json()["id"]
    return number
