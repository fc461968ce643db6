"""What the municipality owes for courses that have ended: on a page with sums, and as a file for a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.audit import audit
from matching.settling import Settled, settle, sums
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.period import days_of, shown
from portal.municipality.room import show
from portal.presenting.forms import problem_values
from portal.presenting.settlement import (
    FILE_HEADS,
    file_row,
    kroner,
    settled_heads,
    settled_lines,
    sum_heads,
    sum_lines,
)
from portal.presenting.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, line
from portal.request_facts import now_of, saw
from providers.clock import local_date
from providers.errors import GenvejError
from providers.models import Municipality

PATH = "/kommune/afregning"
MOST = 200
"""Lines on the page; the sums and the file have all."""

_PURPOSE = "settlement"
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """The period, both days included; `typed` are its days as fields have them, `errors` what is wrong with them."""

    first: date
    last: date
    typed: Mapping[str, str]
    errors: Mapping[str, GenvejError]


async def show_settlement(request: Request) -> Response:
    """The courses that ended in the period, this month's when nothing is asked; case numbers, and nobody's name."""
    spoken, asked = language_of(request), _asked(request.query_params, local_date(now_of(request)))
    found = [] if asked.errors else await _settled(request, asked)
    saw(request, "settlement_seen", None, purpose=_PURPOSE, criterion="period", result=str(len(found)))
    values = {
        "title": spoken.say("Grundlag for afregning"),
        "typed": asked.typed,
        **problem_values(asked.errors, spoken),
        "payer": await Municipality.get(code=_municipality(request)),
        "demo": any(one.demo for one in found),
        "heads": settled_heads(spoken),
        "lines": settled_lines(found[:MOST], request.app.state.catalogue, spoken),
        "sum_heads": sum_heads(spoken),
        "sums": sum_lines(sums(found), spoken),
        "total": kroner(sum(one.ore or 0 for one in found), spoken),
        "count": len(found),
        "left_out": max(0, len(found) - MOST),
    }
    return await show(request, "municipality/settlement.html", values, status=400 if asked.errors else 200)


async def export(request: Request) -> Response:
    """All of it as a file. That somebody took it is an entry before it is sent."""
    member, now = member_of(request), now_of(request)
    asked = _asked(await request.form(), local_date(now))
    if asked.errors:
        return RedirectResponse(PATH, 303)
    found, payer = await _settled(request, asked), await Municipality.get(code=_municipality(request))
    await audit("settlement_taken", actor=member.actor, now=now, purpose=_PURPOSE, result=str(len(found)))
    rows = [FILE_HEADS, *(file_row(one, payer.gln or "") for one in found)]
    headers = {"Content-Disposition": f'attachment; filename="afregning-{asked.first}-{asked.last}.csv"'}
    return Response(BYTE_ORDER_MARK + "".join(map(line, rows)), media_type=MEDIA_TYPE, headers=headers)


def _asked(given: Mapping[str, object], today: date) -> Asked:
    typed = {name: text for name in ("fra", "til") if (text := shown(given.get(name), _LONGEST))}
    days, errors = days_of(typed)
    last = days.get("til", today)
    first = days.get("fra", last.replace(day=1))
    typed = {"fra": first.isoformat(), "til": last.isoformat()} | (typed if errors else {})
    return Asked(first, last, typed, errors)


async def _settled(request: Request, asked: Asked) -> list[Settled]:
    return await settle(_municipality(request), asked.first, asked.last)


def _municipality(request: Request) -> str:
    return cast(str, member_of(request).post.municipality)
