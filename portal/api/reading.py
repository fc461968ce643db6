"""From a request to a question: strict, and every fault named by its field."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import parse_qsl

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
_MOST_FAULTS = 50


def read_query(request: Request, model: type[Question]) -> Question:
    """The parameters of the address; raises RequestInvalid."""
    pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
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
    for fault in islice(error.errors(include_url=False, include_context=False, include_input=False), _MOST_FAULTS):
        name, sentence = _about(model, fault["loc"])
        if fault["type"] == "extra_forbidden":
            yield Fault(place, name[:LONGEST_NAME], UNKNOWN)
        elif fault["type"] == "missing":
            yield Fault(place, name, MISSING)
        else:
            yield Fault(place, name, sentence)


def _about(model: type[BaseModel], path: Sequence[int | str]) -> tuple[str, str]:
    """The field's name with its sentence: `limit`, or `slots[17].minutes` where items have sentences of their own."""
    name = str(path[0])
    field = model.model_fields.get(name)
    says = next((note for note in field.metadata if isinstance(note, Says)), None) if field else None
    if says is None or says.each is None or len(path) < 3:
        return name, says.message if says else ""
    inner, sentence = _about(says.each, path[2:])
    return f"{name}[{path[1]}].{inner}", sentence
