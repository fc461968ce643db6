"""Who a program asks for: the two codes of the letter, in headers, never in an address."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import cast

from starlette.requests import Request

from matching.entry import enter, verify
from portal.access_errors import CodeNeeded, FactorNeeded
from portal.addresses import address_of
from portal.api.errors import Fault, RequestInvalid
from portal.api.reading import read_header
from portal.request_facts import now_of, settings_of
from providers.words import N_

ACCESS_CODE, DATE_OF_BIRTH, IDEMPOTENCY_KEY = "Genvej-Access-Code", "Genvej-Date-Of-Birth", "Idempotency-Key"
BIRTH_SAYS = N_("%(field)s er en dato som 1951-03-14.")
KEY_SAYS = N_("%(field)s er 1 til 80 tegn uden mellemrum, valgt af dig og ny for hver bestilling.")


class Needs(Enum):
    """What an operation asks for; `KEY` is an organisation's (`portal.api.keys`)."""

    NOTHING = "nothing"
    PERHAPS_CODE = "perhaps_code"
    CODE_AND_FACTOR = "code_and_factor"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the request showed. Only its form has been looked at."""

    code: str | None = None
    access_code: str | None = None
    date_of_birth: date | None = None


def read_credentials(request: Request, needs: Needs) -> Credentials:
    """The credentials that an operation needs; raises CodeNeeded, FactorNeeded or RequestInvalid."""
    if needs in {Needs.NOTHING, Needs.KEY}:
        return Credentials()
    code = _code(read_header(request, "Authorization"))
    if needs is Needs.PERHAPS_CODE:
        return Credentials(code)
    if code is None:
        raise CodeNeeded
    access_code, born = read_header(request, ACCESS_CODE), read_header(request, DATE_OF_BIRTH)
    if access_code is None or born is None:
        raise FactorNeeded
    return Credentials(code, access_code, _date(born))


def has_code(request: Request) -> bool:
    """Whether the program brought a code."""
    return _shown(request).code is not None


async def plan_of_code(request: Request) -> int:
    """The plan that the code opens; raises CodeNeeded and what `matching.entry.enter` does."""
    code, settings = _shown(request).code, settings_of(request)
    if code is None:
        raise CodeNeeded
    return await enter(
        code, address=address_of(request), now=now_of(request), vault=settings.vault(), policy=settings.policy
    )


async def plan_of_citizen(request: Request) -> int:
    """The plan of a citizen who showed both factors; raises FactorNeeded and what `matching.entry` does."""
    shown, settings, now = _shown(request), settings_of(request), now_of(request)
    if shown.access_code is None or shown.date_of_birth is None:
        raise FactorNeeded
    plan_id, vault = await plan_of_code(request), settings.vault()
    await verify(plan_id, shown.access_code, shown.date_of_birth, now=now, vault=vault, policy=settings.policy)
    return plan_id


def read_idempotency_key(request: Request) -> str:
    """The caller's own name for this request; raises RequestInvalid."""
    key = read_header(request, IDEMPOTENCY_KEY)
    if key is None or not re.fullmatch(r"[!-~]{1,80}", key):
        raise RequestInvalid([Fault("header", IDEMPOTENCY_KEY, KEY_SAYS)])
    return key


def _code(header: str | None) -> str | None:
    if header is None:
        return None
    scheme, _, code = header.partition(" ")
    if scheme.lower() != "genvej":
        raise CodeNeeded
    return code


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise RequestInvalid([Fault("header", DATE_OF_BIRTH, BIRTH_SAYS)])


def _shown(request: Request) -> Credentials:
    return cast(Credentials, request.state.credentials)
