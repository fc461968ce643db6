"""The problems of each operation, by status: from the table of errors that also answers them."""

from collections import defaultdict
from typing import Any

from matching.codes import AccessCodeMistyped, CodeMistyped
from matching.entry import CodeUnknown, FactorWrong, TooManyAttempts
from portal.access import SAFE
from portal.access_errors import CodeNeeded, FactorNeeded, ReadOnly
from portal.api.credentials import Needs
from portal.api.errors import UNKNOWN, BodyNotJson, Fault, RequestInvalid
from portal.api.keys import KeyNeeded
from portal.api.operation import Operation
from portal.language import language
from portal.problem_documents import problem_of, problem_of_http
from portal.statuses import status_of
from portal.traffic import TooManyRequests
from providers.api_keys import KeyRefused, KeyScopeMissing
from providers.errors import GenvejError

Json = dict[str, Any]

_CODE = (CodeNeeded, CodeMistyped, CodeUnknown, TooManyAttempts)
_OF_NEEDS: dict[Needs, tuple[type[GenvejError], ...]] = {
    Needs.NOTHING: (),
    Needs.PERHAPS_CODE: _CODE,
    Needs.CODE_AND_FACTOR: (*_CODE, FactorNeeded, AccessCodeMistyped, FactorWrong),
    Needs.KEY: (KeyNeeded, KeyRefused, KeyScopeMissing),
}
_OF_ANY = (414, 421, 431, 503)
_HEADERS = {
    401: {
        "WWW-Authenticate": {
            "description": "`Genvej`; `Bearer` for a key.",
            "schema": {"type": "string"},
        }
    },
    429: {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}},
}


def problem_responses(operation: Operation[Any], schema: Json) -> Json:
    """`{status: response}` for everything that the operation may answer instead of what was asked for."""
    examples: dict[int, Json] = defaultdict(dict)
    for error in errors_of(operation):
        examples[status_of(error)][error.code] = {"value": problem_of(_sample(error), language("en"))}
    # What the gate and the clock may say of any request, whatever it asks for.
    for status in (413, *_OF_ANY) if operation.has_body else _OF_ANY:
        examples[status][f"http_{status}"] = {"value": problem_of_http(status, language("en"))}
    return {str(status): _response(status, examples[status], schema) for status in sorted(examples)}


def errors_of(operation: Operation[Any]) -> list[type[GenvejError]]:
    """The errors of its verbs, and those of every operation of its kind."""
    of_json = (BodyNotJson,) if operation.has_body and not operation.takes else ()
    of_body = (*of_json, operation.wrong_type) if operation.has_body else ()
    of_change = (ReadOnly,) if operation.method not in SAFE else ()
    return [
        RequestInvalid,
        *of_body,
        *_OF_NEEDS[operation.needs],
        *operation.errors,
        *of_change,
        TooManyRequests,
    ]


def _response(status: int, examples: Json, schema: Json) -> Json:
    described = "\n".join(f"- `{code}`: {example['value']['title']}" for code, example in examples.items())
    content = {"application/problem+json": {"schema": schema, "examples": examples}}
    return {"description": described, "content": content} | (
        {"headers": _HEADERS[status]} if status in _HEADERS else {}
    )


def _sample(error: type[GenvejError]) -> GenvejError:
    return error([Fault("query", "radius", UNKNOWN)]) if issubclass(error, RequestInvalid) else error()
