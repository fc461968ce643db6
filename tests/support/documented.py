"""A client that believes nothing: each answer of the API must be one that the documentation promises."""

import re
from typing import Any

import httpx
from pydantic import TypeAdapter

from portal.api.errors import Problem
from portal.api.openapi import document
from portal.api.operation import Operation
from portal.api.table import OPERATIONS

_DOCUMENT = document(OPERATIONS)
_PROBLEM = TypeAdapter(Problem)
_UNDOCUMENTED = {404, 405}
"""What is answered where there is no operation."""


class DocumentedClient(httpx.AsyncClient):
    """`httpx.AsyncClient`, with every answer under /api/v1 checked."""

    async def request(self, method: str, url: Any, **options: Any) -> httpx.Response:
        response = await super().request(method, url, **options)
        if response.request.url.path.startswith("/api/v1/") and method != "HEAD":
            check(response)
        return response


def check(response: httpx.Response) -> None:
    """Status, media type, headers and form are as the documentation has them."""
    operation = operation_of(response.request)
    if operation is None:
        if response.status_code not in {200, 304}:
            assert response.status_code in _UNDOCUMENTED, response.text
            _check_problem(response)
        return
    documented = _DOCUMENT["paths"][operation.path][operation.method.lower()]["responses"]
    assert str(response.status_code) in documented, f"{response.status_code}: {response.text}"
    answer = documented[str(response.status_code)]
    if "content" not in answer:
        assert (response.content, "Content-Type" in response.headers) == (b"", False)
        return
    assert response.headers["Content-Type"] in answer["content"]
    assert set(answer.get("headers", ())) <= {_spelt(name) for name in response.headers}
    if response.status_code == operation.status:
        answered = TypeAdapter[Any](operation.answer)
        if operation.sends == "application/json":
            answered.validate_json(response.content, strict=True)
        else:
            answered.validate_python(response.text, strict=True)
    elif response.is_success:
        assert response.json()["resourceType"] == "Bundle"
    else:
        _check_problem(response)
        assert response.json()["code"] in answer["content"]["application/problem+json"]["examples"], response.text


def _spelt(name: str) -> str:
    return name.title().replace("Www", "WWW").replace("Etag", "ETag")


def operation_of(request: httpx.Request) -> Operation[Any] | None:
    """The operation of the table that the request means, if it means one."""
    for operation in OPERATIONS:
        pattern = re.sub(r"\{\w+\}", "[^/]+", operation.path)
        if operation.method == request.method and re.fullmatch(pattern, request.url.path):
            return operation
    return None


def _check_problem(response: httpx.Response) -> None:
    problem = _PROBLEM.validate_json(response.content, strict=True)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem["status"] == response.status_code
    assert problem["type"] == f"urn:genvej:problem:{problem['code']}"
