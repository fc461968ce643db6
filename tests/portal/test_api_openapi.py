"""The documentation for programs: complete, consistent in itself, and true of the code it is made from."""

from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest
from pydantic import TypeAdapter
from starlette.applications import Starlette

from portal.access import audiences
from portal.api.errors import Problem
from portal.api.openapi import document
from portal.api.operation import Operation
from portal.api.questions import Says
from portal.api.table import OPERATIONS
from portal.language import language
from portal.statuses import status_of
from providers.errors import GenvejError

DOCUMENT = document(OPERATIONS)
METHODS = {"get", "post", "put", "delete"}
KEYWORDS = {
    *(
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "default",
        "description",
        "enum",
        "examples",
        "exclusiveMaximum",
    ),
    *("format", "items", "maximum", "maxItems", "maxLength", "minimum", "minItems", "minLength", "pattern"),
    *("properties", "required", "title", "type", "uniqueItems"),
}
"""Of JSON Schema 2020-12, what we use; anything else in a schema is a slip."""

each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)


def documented(operation: Operation[Any]) -> Any:
    return DOCUMENT["paths"][operation.path][operation.method.lower()]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object of the document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(inner)


def schemas() -> Iterator[dict[str, Any]]:
    """Every schema: those with a name, those of parameters and headers, and the ones inside them."""
    pending = list(DOCUMENT["components"]["schemas"].values())
    pending += [node["schema"] for node in nodes(DOCUMENT["paths"]) if isinstance(node.get("schema"), dict)]
    while pending:
        schema = pending.pop()
        yield schema
        pending += [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
        pending += [schema["items"]] if "items" in schema else []


async def test_the_document_is_served_as_it_is_made(api: httpx.AsyncClient) -> None:
    response = await api.get("/api/v1/openapi.json")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    assert response.json() == orjson.loads(orjson.dumps(DOCUMENT))
    assert DOCUMENT["openapi"] == "3.1.0"


async def test_every_operation_is_a_route_and_every_route_an_operation(portal_app: Starlette) -> None:
    served = {name for name in audiences(portal_app.routes) if " /api/" in name and not name.startswith("HEAD ")}
    written = {
        f"{method.upper()} {path}" for path, methods in DOCUMENT["paths"].items() for method in METHODS & set(methods)
    }
    assert served == written | {"GET /api/v1/openapi.json"}


def test_every_reference_leads_somewhere_and_nothing_is_left_over() -> None:
    referred = {node["$ref"] for node in nodes(DOCUMENT) if "$ref" in node}
    assert referred == {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}


def test_schemas_are_json_schema() -> None:
    for schema in schemas():
        assert set(schema) <= KEYWORDS, schema
        assert schema.get("type", "string") in {"string", "number", "integer", "boolean", "array", "object", "null"}
        assert set(schema.get("required", [])) <= set(schema.get("properties", {}))


def test_objects_are_closed_and_their_fields_said_to_be_there() -> None:
    for name, schema in DOCUMENT["components"]["schemas"].items():
        if schema["type"] == "object":
            assert schema["additionalProperties"] is False, name


def test_names_are_unique_and_security_schemes_exist() -> None:
    names = [operation.name for operation in OPERATIONS]
    assert len(set(names)) == len(names)
    used = {scheme for operation in OPERATIONS for choice in documented(operation)["security"] for scheme in choice}
    assert used == set(DOCUMENT["components"]["securitySchemes"])


@each_operation
def test_the_example_is_an_answer(operation: Operation[Any]) -> None:
    TypeAdapter[Any](operation.answer).validate_json(orjson.dumps(operation.example), strict=True)


@each_operation
def test_parameters_are_described_and_their_examples_and_defaults_are_accepted(operation: Operation[Any]) -> None:
    given = {}
    for parameter in documented(operation)["parameters"]:
        assert parameter["description"]
        assert "null" not in str(parameter["schema"])
        if parameter["in"] == "query":
            name = parameter["name"]
            values = [(name, parameter.get("example")), (name, parameter["schema"].get("default"))]
            given |= {name: _written(value) for name, value in values if value is not None}
    if not operation.has_body:
        operation.question.model_validate(given)


def _written(value: Any) -> str:
    """As an address has it (style `form`, not exploded)."""
    return ",".join(value) if isinstance(value, list) else str(value)


@each_operation
def test_every_field_has_a_sentence_for_what_is_wrong_with_it(operation: Operation[Any]) -> None:
    for name, field in operation.question.model_fields.items():
        sentences = [note.message for note in field.metadata if isinstance(note, Says)]
        assert len(sentences) == 1, name
        assert sentences[0].startswith(name)


@each_operation
def test_problems_are_shown_in_english_under_the_status_that_they_have(operation: Operation[Any]) -> None:
    danish = {error.code: error.message for error in _errors()}
    for status, response in documented(operation)["responses"].items():
        problems = response.get("content", {}).get("application/problem+json", {"examples": {}})["examples"]
        assert problems or status in {str(operation.status), "304", "200" if operation.message else "304"}
        for code, example in problems.items():
            problem = TypeAdapter(Problem).validate_python(example["value"], strict=True)
            assert (problem["code"], str(problem["status"])) == (code, status)
            assert problem["title"] != danish.get(code)
            assert problem["title"] in response["description"]


@each_operation
def test_what_the_verbs_may_raise_is_under_its_status(operation: Operation[Any]) -> None:
    for error in operation.errors:
        response = documented(operation)["responses"][str(status_of(error))]
        assert error.code in response["content"]["application/problem+json"]["examples"]


def test_errors_have_codes_of_their_own_and_sentences_in_both_languages() -> None:
    # A kind of an error that programs need not tell apart keeps its parent's code.
    said = [error for error in _errors() if error.message and "code" in vars(error)]
    assert len({error.code for error in said}) == len(said)
    assert [error.code for error in said if language("en").say(error.message) == error.message] == []


def _errors(base: type[GenvejError] = GenvejError) -> Iterator[type[GenvejError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _errors(kind)
