"""From a request to a question: strict, and every fault named by its field."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from portal.api.errors import (
    LONGEST_NAME,
    MISSING,
    REPEATED,
    UNKNOWN,
    BodyNotJson,
    ContentTypeWrong,
    Fault,
    Place,
    RequestInvalid,
)
from portal.api.questions import Says

Question = TypeVar("Question", bound=BaseModel)


def read_query(request: Request, model: type[Question]) -> Question:
    """The parameters of the address; raises RequestInvalid."""
    pairs = request.query_params.multi_items()
    values = dict(pairs)
    if len(values) != len(pairs):
        counted = Counter(name for name, _ in pairs)
        raise RequestInvalid(
            [Fault("query", name[:LONGEST_NAME], REPEATED) for name, times in counted.items() if times > 1]
        )
    return _validated(model, values, "query")


async def read_body(request: Request, model: type[Question]) -> Question:
    """The JSON object that was sent; raises ContentTypeWrong, BodyNotJson or RequestInvalid."""
    if media_type(request) != "application/json":
        raise ContentTypeWrong
    try:
        values = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise BodyNotJson from error
    if not isinstance(values, dict):
        raise BodyNotJson
    return _validated(model, values, "body")


def media_type(request: Request) -> str:
    """What the body is said to be, without the parameters."""
    return request.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def read_header(request: Request, name: str) -> str | None:
    """A header that may stand once; raises RequestInvalid."""
    given = request.headers.getlist(name)
    if len(given) > 1:
        raise RequestInvalid([Fault("header", name, REPEATED)])
    return given[0] if given else None


def _validated(model: type[Question], values: dict[str, Any], place: Place) -> Question:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise RequestInvalid(list(_faults(model, error, place))) from None


def _faults(model: type[BaseModel], error: ValidationError, place: Place) -> Iterator[Fault]:
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        name, kind = str(fault["loc"][0]), fault["type"]
        if kind == "extra_forbidden":
            yield Fault(place, name[:LONGEST_NAME], UNKNOWN)
        elif kind == "missing":
            yield Fault(place, name, MISSING)
        else:
            yield Fault(place, name, _sentence(model, name))


def _sentence(model: type[BaseModel], field: str) -> str:
    return next(note.message for note in model.model_fields[field].metadata if isinstance(note, Says))
