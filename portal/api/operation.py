"""One operation of the API: all that its route and its documentation must know, said once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from portal.access import LARGEST_BODY, Audience, Endpoint, GuardedRoute, page
from portal.api.credentials import Needs, read_credentials
from portal.api.errors import ContentTypeWrong
from portal.api.keys import admit_key
from portal.api.questions import Body, Nothing, Query
from portal.api.reading import media_type, read_body, read_query
from providers.errors import GenvejError
from providers.models import ApiScope

Question = TypeVar("Question", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Operation(Generic[Question]):
    """`question` is read from the body when it is a Body, else from the address. `errors` are those of its verbs.

    `name` is the operationId; `example` an answer as it could be; `keyed`: an Idempotency-Key is needed. `scope` is
    what a key must open (Needs.KEY). `takes`: a body of one of these types, which the endpoint reads itself, else
    `wrong_type` is raised; `largest_body` in bytes. `kept`: the answer may be kept, and asked about by its ETag.
    `address` is what an address may say beside a body (`request.state.asked`); `guarded`: only whoever names the ETag
    that the same address has now (`If-Match`) is let change it.
    `message` says of what the answer, with 200, is a message of MedCom's instead.
    `sends` is the answer's type.
    """

    method: str
    path: str
    name: str
    summary: str
    question: type[Question]
    endpoint: Callable[[Request, Question], Awaitable[Response]]
    answer: Any
    example: object
    description: str = ""
    status: int = 200
    needs: Needs = Needs.NOTHING
    keyed: bool = False
    errors: tuple[type[GenvejError], ...] = ()
    scope: ApiScope | None = None
    takes: tuple[str, ...] = ()
    wrong_type: type[ContentTypeWrong] = ContentTypeWrong
    largest_body: int = LARGEST_BODY
    kept: bool = False
    address: type[Query] = Nothing
    guarded: bool = False
    message: str = ""
    sends: str = "application/json"

    @property
    def has_body(self) -> bool:
        return bool(self.takes) or issubclass(self.question, Body)

    async def handle(self, request: Request) -> Response:
        """Read what was asked, cheapest first, and answer it."""
        request.state.credentials = read_credentials(request, self.needs)
        if self.scope is not None:
            await admit_key(request, self.scope)
        if not issubclass(self.question, Body):
            if self.takes and media_type(request) not in self.takes:
                raise self.wrong_type
            return await self.endpoint(request, read_query(request, self.question))
        request.state.asked = read_query(request, self.address)
        return await self.endpoint(request, await read_body(request, self.question))


def routes_of(operations: Sequence[Operation[Any]]) -> list[GuardedRoute]:
    """One route for each path, so that a wrong method is told all the right ones; `operations` are in path order."""
    return [_route(path, list(group)) for path, group in groupby(operations, key=lambda operation: operation.path)]


def _route(path: str, operations: list[Operation[Any]]) -> GuardedRoute:
    by_method = {operation.method: operation for operation in operations}
    methods = [operation.method for operation in operations]
    return page(
        path,
        _dispatch(by_method),
        audience=Audience.CLIENT,
        name=operations[0].name,
        methods=methods,
        largest_body=max(operation.largest_body for operation in operations),
    )


def _dispatch(by_method: dict[str, Operation[Any]]) -> Endpoint:
    async def dispatch(request: Request) -> Response:
        return await by_method["GET" if request.method == "HEAD" else request.method].handle(request)

    return dispatch
