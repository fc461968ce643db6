"""Why there is no other answer, as FHIR says it: the same words as in the API's problem documents."""

from collections.abc import Mapping

from matching.reports.formats.fhir import Resource
from portal.api.errors import Problem

_BY_CODE = {"too_much_to_count": "too-costly"}
_BY_STATUS: Mapping[int, str] = {
    400: "invalid",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    413: "too-long",
    414: "too-long",
    429: "throttled",
    431: "too-long",
    500: "exception",
    503: "transient",
}


def outcome(problem: Problem) -> Resource:
    """One issue for each fault of the request, or one for all of it; the problem's code is the diagnostics."""
    kind = _BY_CODE.get(problem["code"]) or _BY_STATUS.get(problem["status"], "processing")
    said = [item["detail"] for item in problem.get("errors", ())] or [problem["title"]]
    return operation_outcome([issue("error", kind, words, problem["code"]) for words in said])


def operation_outcome(issues: list[Resource]) -> Resource:
    return {"resourceType": "OperationOutcome", "issue": issues}


def issue(severity: str, kind: str, words: str, diagnostics: str) -> Resource:
    """`kind` is a code of FHIR's IssueType."""
    return {"severity": severity, "code": kind, "details": {"text": words}, "diagnostics": diagnostics}
