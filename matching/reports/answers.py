"""What a recipient's answer means. Pure; the text that is kept is ours, or the codes of an acknowledgement."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from uuid import UUID

from matching.reports.formats.acknowledgement import AckCode, NotAnAcknowledgement, read_acknowledgement
from matching.reports.retry import asked_pause

# The request may be made again (RFC 9110 and RFC 6585); so may it after every 5xx.
_TRY_AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})

# These speak of the recipient, not of the one report.
_RECIPIENT_AWAY = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


class Verdict(StrEnum):
    """`taken` = the recipient has it, and will say later whether it could use it."""

    ACCEPTED = "accepted"
    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is short and holds no personal data. `asked` is the pause that the recipient asked for.

    `away`: nobody is there to take any report, so the recipient's other reports may as well wait.
    """

    verdict: Verdict
    text: str
    asked: timedelta | None = None
    away: bool = False


def judge(status: int, beginning: bytes, retry_after: str | None, now: datetime) -> Answer:
    """What an HTTP answer means; `beginning` is the start of its body.

    Only a 2xx that is not a page for people counts as accepted. A login or maintenance page, or a redirect, which is
    not followed, means that the report reached something else than the recipient's system: it is tried again.
    """
    text = _phrase(status)
    if 200 <= status < 300:
        return _elsewhere(f"{text}, with a page for people") if _is_page(beginning) else accepted(text)
    if 300 <= status < 400:
        return _elsewhere(text)
    if status in _TRY_AGAIN or status >= 500:
        return Answer(Verdict.LATER, text, asked_pause(retry_after, now), away=status in _RECIPIENT_AWAY)
    return Answer(Verdict.REFUSED, text)


def judge_message(answer: Answer, body: bytes, message: UUID) -> Answer:
    """What it means that a MedCom message was taken: it is acknowledged in the answer's body, or later.

    An acknowledgement of another message says nothing of this one.
    """
    if answer.verdict is not Verdict.ACCEPTED:
        return answer
    try:
        said = read_acknowledgement(body)
    except NotAnAcknowledgement:
        return replace(answer, verdict=Verdict.TAKEN, text=f"{answer.text}, not acknowledged yet")
    if said.answers.lower() != str(message):
        return replace(answer, verdict=Verdict.TAKEN, text=f"{answer.text}, acknowledges another message")
    return Answer(VERDICTS[said.code], f"{said.code.value}: {said.said}"[:300].rstrip(": "))


VERDICTS = {AckCode.OK: Verdict.ACCEPTED, AckCode.TRANSIENT: Verdict.LATER, AckCode.FATAL: Verdict.REFUSED}
"""What an acknowledgement says of a report."""


def accepted(text: str) -> Answer:
    return Answer(Verdict.ACCEPTED, text)


def _elsewhere(text: str) -> Answer:
    return Answer(Verdict.LATER, text, away=True)


def no_answer(error: Exception) -> Answer:
    """Nothing came that could be read. An error's message may quote the recipient, so only its kind is kept."""
    kinds = [type(cause).__name__ for cause in _causes(error) if isinstance(cause, OSError)]
    return Answer(Verdict.LATER, f"No answer: {kinds[-1] if kinds else type(error).__name__}", away=True)


def not_sent(why: str) -> Answer:
    """Ours to repair, not the recipient's: the report must outlive it."""
    return Answer(Verdict.LATER, why, away=True)


def _causes(error: BaseException | None) -> list[BaseException]:
    """The error and what led to it, outermost first; the cause of a cause is what an operator needs to know."""
    return [] if error is None else [error, *_causes(error.__cause__ or error.__context__)]


def _phrase(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _is_page(beginning: bytes) -> bool:
    text = beginning.lower()
    return b"<!doctype html" in text or b"<html" in text
