"""The portal with its guard taken away, to be measured and never to be used: no session, no row-level security, no log.

The pages are the same, and so is what is asked; only who asks is believed at once, and nobody writes it down.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp

from portal import access
from portal import app as application
from portal.settings import Settings
from portal.visits import cookie_name
from providers import database
from providers.sessions import Visit


def unguarded(settings: Settings, visits: dict[str, dict[str, Any]]) -> ASGIApp:
    """The portal as the owner of the tables, who is not bound by any policy; `visits` are known by heart."""
    kept = database.looking
    for module in list(sys.modules.values()):
        if getattr(module, "looking", None) is kept:
            vars(module)["looking"] = _freely

    async def open_visit(request: Request, settings: Settings, now: datetime) -> Visit:
        session_id = request.cookies[cookie_name(settings)]
        request.state.visit = Visit(session_id, dict(visits[session_id]), now, now)
        return request.state.visit  # type: ignore[no-any-return]

    instead = {
        "open_visit": open_visit,
        "still_opens": _yes,
        "transaction": _freely,
        "audit": _nothing,
        "close_visit": _nothing,
    }
    for name, function in instead.items():
        if not hasattr(access, name):
            raise LookupError(f"the guard has no {name} any more; this benchmark must learn what it has instead")
        vars(access)[name] = function
    vars(application)["APP_ROLE"] = None
    return application.create_app(settings)


@asynccontextmanager
async def _freely(*_: object, **__: object) -> AsyncIterator[None]:
    yield


async def _yes(*_: object) -> bool:
    return True


async def _nothing(*_: object, **__: object) -> None:
    pass
