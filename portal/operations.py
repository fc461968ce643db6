"""For the machines that watch over this one: is the process alive, and can it serve?"""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.access import Audience, page
from portal.assets import serve_asset
from portal.request_facts import now_of
from providers.database import pending_migrations
from providers.models import Heartbeat

WORKER_SILENT = timedelta(seconds=60)
"""A worker that has not been seen for so long is taken to be gone."""


WATCHED = frozenset({"/healthz", "/readyz"})
"""Watchers call a process by its number instead of its name, and often."""


async def healthz(request: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> Response:
    """The database answers, has every migration, and a worker has been seen lately; 503 otherwise."""
    checks = {"database": False, "migrations": False, "worker": False}
    try:
        seen = await Heartbeat.get_or_none(name="worker")
        checks["database"] = True
        checks["migrations"] = not await pending_migrations()
        checks["worker"] = seen is not None and now_of(request) - seen.seen_at < WORKER_SILENT
    except Exception:
        return JSONResponse({"status": "not ready", "checks": checks}, 503)
    ready = all(checks.values())
    return JSONResponse({"status": "ready" if ready else "not ready", "checks": checks}, 200 if ready else 503)


ROUTES = [
    page("/healthz", healthz, audience=Audience.OPERATIONS, name="healthz"),
    page("/readyz", readyz, audience=Audience.OPERATIONS, name="readyz"),
    page("/static/{digest}/{name}", serve_asset, audience=Audience.PUBLIC, name="asset"),
]
