"""What may stand as an e-mail address and as a name."""

import re
import unicodedata

from providers.accounts.errors import EmailInvalid, NameInvalid

# What a browser's e-mail field takes (HTML standard, "valid email address"), with at least one dot in the domain.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")


def clean_email(text: str) -> str:
    """The address in lower case; raises EmailInvalid. ASCII only: a look-alike letter is another person's address."""
    email = text.strip()
    if not email.isascii() or len(email) > 254 or not _EMAIL.fullmatch(email.lower()):
        raise EmailInvalid
    return email.lower()


def clean_name(text: str) -> str:
    """A name of 1 to 120 visible characters; raises NameInvalid.

    Control and format characters (Unicode categories C) are refused: they can turn the line in which the name stands.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(name) <= 120 or any(unicodedata.category(letter).startswith("C") for letter in name):
        raise NameInvalid
    return name
