"""Reports that a municipality without an address of its own fetches, and says that it has."""

from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import Response

from matching.reports.feed import acknowledge_reports, fetch_reports
from matching.reports.formats.acknowledgement import AckCode
from portal.api.feed_question import AcknowledgementQuestion, FeedQuestion
from portal.api.keys import holder_at
from portal.api.presenting import answer
from portal.request_facts import now_of


async def get_reports(request: Request, asked: FeedQuestion) -> Response:
    """The next reports that wait to be fetched."""
    found = await fetch_reports(
        after=asked.after, limit=asked.limit, actor=holder_at(request).actor, now=now_of(request)
    )
    items = [{"position": one.position, "report": orjson.Fragment(one.body)} for one in found]
    return answer({"items": items, "after": found[-1].position if found else asked.after})


async def post_acknowledgements(request: Request, asked: AcknowledgementQuestion) -> Response:
    """Note what the municipality says of its reports; saying it again changes nothing."""
    codes = {UUID(item["message_id"]): AckCode(item["code"]) for item in asked.items}
    states = await acknowledge_reports(codes, actor=holder_at(request).actor, now=now_of(request))
    return answer({"items": [{"message_id": number, "state": states.get(number, "unknown")} for number in codes]})
