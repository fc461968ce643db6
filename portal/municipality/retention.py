"""For how long the municipality keeps what, and what was erased when: a page to read, for whoever answers for it."""

from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from matching.retention.kinds import OF_A_MUNICIPALITY, RetentionKind
from matching.retention.reading import retention_reports
from matching.retention.rules import rules_on
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.retention import erased_heads, erased_lines, last_run_words, rule_heads, rule_lines
from portal.request_facts import now_of
from providers.clock import local_date

PATH = "/kommune/opbevaring"


async def show_rules(request: Request) -> Response:
    """Rules and numbers, and nobody's data. Decisions are written down by the operator."""
    spoken, now = language_of(request), now_of(request)
    municipality = cast(str, member_of(request).post.municipality)
    book, reports = await rules_on(local_date(now)), await retention_reports(municipality)
    kinds = [kind for kind in RetentionKind if kind in OF_A_MUNICIPALITY]
    values = {
        "title": spoken.say("Opbevaring og sletning"),
        "rule_heads": rule_heads(spoken),
        "rules": rule_lines([(kind, book.rule(kind, municipality)) for kind in kinds], spoken),
        "last_run": last_run_words(reports, spoken),
        "erased_heads": erased_heads(spoken),
        "erased": erased_lines(reports, spoken),
    }
    return await show(request, "municipality/retention.html", values)
