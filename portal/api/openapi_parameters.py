"""The parameters of each operation, from the model that reads them."""

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from matching.figures import NAMES
from portal.api.credentials import IDEMPOTENCY_KEY
from portal.api.operation import Operation

Json = dict[str, Any]

_BOOKING: Json = {
    "name": "booking_id",
    "in": "path",
    "required": True,
    "description": "The `id` of a booking.",
    "schema": {"type": "string", "format": "uuid"},
}
_SITE: Json = {
    "name": "site_id",
    "in": "path",
    "required": True,
    "description": "The number of a site of the key's own provider.",
    "schema": {"type": "integer", "minimum": 1, "maximum": 2**31 - 1},
}
_IF_MATCH: Json = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag that GET of the same address has given, or `*` for whatever is there.",
    "schema": {"type": "string"},
}
_FIGURE: Json = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The `name` of a table.",
    "schema": {"type": "string", "enum": list(NAMES)},
}
_KEY: Json = {
    "name": IDEMPOTENCY_KEY,
    "in": "header",
    "required": True,
    "description": "The caller's own name for this booking. Asked again with the same key, the answer is the same.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 80, "pattern": "^[!-~]+$"},
}

_TAG: Json = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of an answer that you have kept: if it still holds, the answer is 304 without a body.",
    "schema": {"type": "string"},
}


class Schemas(GenerateJsonSchema):
    """JSON Schema without a title for every field: the name says it already."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def parameters(operation: Operation[Any]) -> Iterator[Json]:
    """In the address's path, in headers, behind the question mark."""
    if "{booking_id}" in operation.path:
        yield _BOOKING
    if "{site_id}" in operation.path:
        yield _SITE
    if "{name}" in operation.path:
        yield _FIGURE
    if operation.keyed:
        yield _KEY
    if operation.kept:
        yield _TAG
    if operation.guarded:
        yield _IF_MATCH
    if not operation.takes:
        asked = operation.address if operation.has_body else operation.question
        schema: Json = TypeAdapter(asked).json_schema(schema_generator=Schemas)
        for name, field in schema.get("properties", {}).items():
            yield _of_query(name, field, name in schema.get("required", []), schema.get("$defs", {}))


def _of_query(name: str, field: Json, required: bool, shared: Json) -> Json:
    """A parameter is given or left out; it is never null, and what it refers to stands in its place."""
    schema = {key: value for key, value in field.items() if key not in {"anyOf", "examples", "description", "title"}}
    for kind in field.get("anyOf", []):
        if kind != {"type": "null"}:
            schema |= kind
    schema = _in_place(schema, shared)
    if "items" in schema:
        schema["items"] = _in_place(schema["items"], shared)
    if not schema.get("default", True):
        del schema["default"]
    documented = {"name": name, "in": "query", "required": required, "description": field["description"]}
    # Several values stand in one parameter, with commas between.
    listed = {"style": "form", "explode": False} if "items" in schema else {}
    example = {"example": field["examples"][0]} if "examples" in field else {}
    return documented | listed | {"schema": schema} | example


def _in_place(schema: Json, shared: Json) -> Json:
    if "$ref" not in schema:
        return schema
    referred = shared[schema["$ref"].rpartition("/")[2]]
    kept = {key: value for key, value in schema.items() if key != "$ref"}
    return {key: value for key, value in referred.items() if key not in {"title", "description"}} | kept
