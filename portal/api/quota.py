"""What a program's address has left of the requests that may come from it."""

from math import ceil

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.programs import is_for_programs
from portal.traffic import LEFT


class SaysWhatIsLeft:
    """Answers to programs say how many more requests may come at once, and in how many seconds all of them may again.

    Names and form of draft-ietf-httpapi-ratelimit-headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if LEFT not in scope or not is_for_programs(scope["path"]):
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                limit, level = scope[LEFT]
                left, seconds = int(limit - level), ceil(level * 60 / limit)
                message["headers"] = [
                    *message["headers"],
                    (b"ratelimit-policy", b'"address";q=%d;w=60' % limit),
                    (b"ratelimit", b'"address";r=%d;t=%d' % (left, seconds)),
                ]
            await send(message)

        return await self.app(scope, receive, send_with_headers)
