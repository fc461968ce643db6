"""Who an account is: what may stand as an e-mail address and as a name, and what its owner is shown of it."""

import re
import unicodedata
from dataclasses import dataclass

from providers.accounts.errors import EmailInvalid, NameInvalid
from providers.models import Account

# What a browser's e-mail field takes (HTML standard, "valid email address"), with at least one dot in the domain.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")

_LOOK_ALIKES = {"LATIN", "GREEK", "CYRILLIC"}
"""Scripts whose letters look like each other's; a letter's Unicode name begins with its script."""


def clean_email(text: str) -> str:
    """The address in lower case; raises EmailInvalid. ASCII only: a look-alike letter is another person's address."""
    email = text.strip()
    if not email.isascii() or len(email) > 254 or not _EMAIL.fullmatch(email.lower()):
        raise EmailInvalid
    return email.lower()


def clean_name(text: str) -> str:
    """A name of 1 to 120 visible characters; raises NameInvalid.

    Control and format characters (Unicode categories C) are refused: they can turn the line in which the name stands.
    So are letters of two such scripts: a Cyrillic а among Latin letters makes a name that reads as a colleague's.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(name) <= 120 or any(unicodedata.category(letter).startswith("C") for letter in name):
        raise NameInvalid
    if len(_LOOK_ALIKES & {unicodedata.name(letter, "").partition(" ")[0] for letter in name}) > 1:
        raise NameInvalid
    return name


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """An open account, for its owner's eyes. `is_tied`: an issuer's word opens it, too."""

    account_id: int
    name: str
    email: str | None
    has_password: bool
    is_tied: bool


async def own_account(account_id: int) -> OwnAccount | None:
    """The account, unless it is closed; asked at each request."""
    account = await Account.get_or_none(id=account_id, disabled_at=None)
    if account is None:
        return None
    return OwnAccount(
        account.id, account.name, account.email, account.password_hash is not None, account.oidc_subject is not None
    )
