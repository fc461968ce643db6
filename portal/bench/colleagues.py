"""Many members of the staff, and how each signs in: a password, then a code of the app."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode

from pyotp import TOTP, random_base32

from portal.bench.ground import Country
from portal.bench.load import Answer, BadAnswer, Client, request
from providers.accounts.passwords import hash_password
from providers.database import connected
from providers.models import Account

_PASSWORD = "fire ord uden forbindelse"  # noqa: S105 # nosec B105
_TOO_MANY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_FROM_HERE = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True, slots=True)
class Colleague:
    """What somebody knows and has, and the address that they come from (RFC 2544 sets it aside for benchmarks)."""

    email: str
    secret: str
    address: str


async def colleagues(country: Country, count: int) -> list[Colleague]:
    """So many accounts with an app each. They share a password, whose hash is checked anew at each sign-in."""
    async with connected(country.url, pool_size=1):
        first, encoded, vault = await Account.all().count(), await hash_password(_PASSWORD), country.settings.vault()
        numbers = range(first, first + count)
        made = [Colleague(f"kollega-{n}@kommune.example", random_base32(), _address(n)) for n in numbers]
        await Account.bulk_create(
            Account(
                email=colleague.email,
                name="Demo Kollega",
                password_hash=encoded,
                totp_secret=vault.seal(colleague.secret.encode()),
                totp_last_step=0,
                created_at=datetime.now(UTC),
            )
            for colleague in made
        )
    return made


async def sign_in(client: Client, colleague: Colleague) -> bool:
    """Both halves; False when there were too many at once, which the portal says before it looks at the password."""
    password = {"email": colleague.email, "adgangskode": _PASSWORD, "til": ""}
    halfway = await _post(client, colleague, "/ind", password)
    if halfway.status in _TOO_MANY:
        return False
    _expect_door(halfway)
    code = TOTP(colleague.secret).at(datetime.now(UTC))
    _expect_door(await _post(client, colleague, "/ind/kode", {"kode": code}, _cookie(halfway)))
    return True


async def _post(client: Client, colleague: Colleague, path: str, form: dict[str, str], cookie: str = "") -> Answer:
    # Our servers believe a proxy on this machine.
    headers = _FROM_HERE | {"X-Forwarded-For": colleague.address} | ({"Cookie": cookie} if cookie else {})
    return await client.ask(request(path, method="POST", headers=headers, body=urlencode(form).encode()))


def _expect_door(answer: Answer) -> None:
    if answer.status != HTTPStatus.SEE_OTHER:
        raise BadAnswer(f"signing in: {answer.status}")


def _cookie(answer: Answer) -> str:
    found = re.search(rb"set-cookie: ([^;]+)", answer.head, re.IGNORECASE)
    return found[1].decode() if found else ""


def _address(number: int) -> str:
    return f"198.{18 + number // 65536}.{number // 256 % 256}.{number % 256}"
