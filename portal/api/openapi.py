"""The documentation for programs (OpenAPI 3.1), made from the same table as the routes."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from portal.api.credentials import ACCESS_CODE, DATE_OF_BIRTH, Needs
from portal.api.errors import Problem
from portal.api.openapi_parameters import Json, Schemas, parameters
from portal.api.openapi_problems import problem_responses
from portal.api.operation import Operation
from portal.api.questions import Body

_NEVER = "Codes never stand in an address: they come in headers, and are kept nowhere."
_SECURITY: Mapping[Needs, list[Json]] = {
    Needs.NOTHING: [],
    Needs.PERHAPS_CODE: [{}, {"code": []}],
    Needs.CODE_AND_FACTOR: [{"code": [], "accessCode": [], "dateOfBirth": []}],
    Needs.KEY: [{"key": []}],
}
_SCHEMES: Json = {
    "code": {
        "type": "http",
        "scheme": "Genvej",
        "description": f"The forløbskode of the letter: `Authorization: Genvej 7K3M-9QXP-2BHT-94`. {_NEVER}",
    },
    "key": {
        "type": "http",
        "scheme": "bearer",
        "description": "The key of an organisation's program: `Authorization: Bearer genvej_…`. Whoever runs the "
        "portal makes it; it opens what stands at the operation, for its own organisation only, until it expires.",
    },
    "accessCode": {"type": "apiKey", "in": "header", "name": ACCESS_CODE, "description": "The letter's kontrolkode."},
    "dateOfBirth": {"type": "apiKey", "in": "header", "name": DATE_OF_BIRTH, "description": "`YYYY-MM-DD`."},
}
_INFO: Json = {
    "title": "Genvej",
    "version": "1",
    "summary": "Rehabilitation after hospital in Denmark: who can deliver, where and when; book it.",
    "description": "Distances are straight lines. Times are ISO 8601 with the Danish offset of the day. Problems are "
    "`application/problem+json` (RFC 9457), in Danish, or in English with `Accept-Language: en`. How many requests may "
    "still come from your address stands in `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers). "
    "Sites and free times are also there in FHIR R4: `/fhir/metadata`.",
    "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
}


def document(operations: Sequence[Operation[Any]]) -> Json:
    """The whole document as JSON values."""
    schemas, references = _components(operations)
    paths: Json = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, references)
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": _SCHEMES},
    }


def _components(operations: Sequence[Operation[Any]]) -> tuple[Json, dict[Any, Json]]:
    """The schemas by name, and for each type the reference to its own."""
    sent: dict[Any, JsonSchemaMode] = {Problem: "serialization"}
    sent |= {operation.answer: "serialization" for operation in operations}
    sent |= {operation.question: "validation" for operation in operations if issubclass(operation.question, Body)}
    inputs = [(kind, mode, TypeAdapter[Any](kind)) for kind, mode in sent.items()]
    references, shared = TypeAdapter.json_schemas(
        inputs, ref_template="#/components/schemas/{model}", schema_generator=Schemas
    )
    return shared["$defs"], {kind: dict(schema) for (kind, _), schema in references.items()}


def _operation(operation: Operation[Any], references: Mapping[Any, Json]) -> Json:
    documented: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": _description(operation),
        "security": _SECURITY[operation.needs],
        "parameters": list(parameters(operation)),
        "responses": {
            str(operation.status): _success(operation, references[operation.answer]),
            **({"200": _message(operation)} if operation.message else {}),
            **({"304": {"description": "It is what the ETag says."}} if operation.kept else {}),
            **problem_responses(operation, references[Problem]),
        },
    }
    if operation.has_body:
        documented["requestBody"] = {"required": True, "content": _content(operation, references)}
    return documented


def _content(operation: Operation[Any], references: Mapping[Any, Json]) -> Json:
    if operation.takes:
        return {kind: {"schema": {"type": "string"}} for kind in operation.takes}
    return {"application/json": {"schema": references[operation.question]}}


def _description(operation: Operation[Any]) -> str:
    """With the scope that the key must have."""
    needed = f"It needs a key with the scope `{operation.scope}`." if operation.scope else ""
    return " ".join(filter(None, (operation.description, needed)))


def _message(operation: Operation[Any]) -> Json:
    return {
        "description": operation.message,
        "content": {"application/fhir+json": {"schema": {"type": "object"}, "example": {"resourceType": "Bundle"}}},
    }


def _success(operation: Operation[Any], schema: Json) -> Json:
    headers = {}
    if operation.status == 201:
        headers["Location"] = {"description": "The new booking.", "schema": {"type": "string"}}
    if operation.kept:
        headers["ETag"] = {"description": "To be asked with in `If-None-Match`.", "schema": {"type": "string"}}
    content = {operation.sends: {"schema": schema, "example": operation.example}}
    return {"description": "The answer.", "content": content} | ({"headers": headers} if headers else {})
