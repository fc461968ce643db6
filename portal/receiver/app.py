"""The receiver's three addresses: where reports are posted, and two ways of looking at what came."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from portal.receiver.inbox import Inbox, Received
from portal.receiver.signature import SignatureWrong, verified_id
from portal.receiver.trouble import Trouble

_LARGEST_REPORT = 64 * 1024


def _real_time() -> datetime:
    return datetime.now(UTC)


def create_receiver(
    secret: str,
    store_path: Path | None = None,
    *,
    trouble: Trouble | None = None,
    on_arrival: Callable[[Received], None] | None = None,
    clock: Callable[[], datetime] = _real_time,
) -> Starlette:
    """The receiver as an ASGI app. `secret` is the `whsec_…` that the portal signs with; `store_path` outlives it."""
    inbox, trouble = Inbox(store_path, on_arrival), trouble or Trouble()
    page = _environment().get_template("page.html")

    async def post_report(request: Request) -> Response:
        if wrong := trouble.instead():
            return wrong
        body = await _body(request)
        if body is None:
            return _problem(413, "the report is too large")
        try:
            message_id = verified_id(request.headers, body, secret, clock())
        except SignatureWrong as error:
            return _problem(401, str(error))
        report = _object(body)
        if report is None:
            return _problem(400, "the report is not a JSON object")
        arrival = inbox.take(message_id, report, clock())
        await trouble.delay(request)
        return JSONResponse({"duplicate": True}) if arrival.duplicate else Response(status_code=204)

    async def show_reports(request: Request) -> Response:
        return HTMLResponse(page.render(arrivals=inbox.arrivals))

    async def list_reports(request: Request) -> Response:
        return Response(orjson.dumps(inbox.arrivals), media_type="application/json")

    return Starlette(
        routes=[
            Route("/", show_reports),
            Route("/reports", post_report, methods=["POST"]),
            Route("/reports.json", list_reports),
        ]
    )


def _environment() -> Environment:
    # Reports of other versions may lack a field: the page then shows nothing in its place.
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    environment.filters["pretty"] = lambda report: orjson.dumps(report, option=orjson.OPT_INDENT_2).decode()
    return environment


async def _body(request: Request) -> bytes | None:
    """The whole body, or None as soon as it is larger than any report."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_REPORT:
            return None
    return body


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        report = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return report if isinstance(report, dict) else None


def _problem(status: int, detail: str) -> Response:
    return JSONResponse({"status": status, "detail": detail}, status, media_type="application/problem+json")
