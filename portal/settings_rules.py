"""What must be true of the settings before real people's data may be behind them."""

from collections.abc import Iterator
from os import R_OK, access
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from portal.settings_keys import RECIPE, demo_keys

if TYPE_CHECKING:
    from portal.settings import Settings

HELP_PHONE = "00 00 00 00"
"""Nobody's number, for the demo."""

THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

# Names that lead nowhere on the internet (RFC 2606, RFC 6761).
_NOWHERE = (".localhost", ".example", ".test", ".invalid")


def faults_of_mode(settings: "Settings") -> Iterator[str]:
    """One sentence for each setting that does not fit the mode, each with what to do."""
    if settings.production:
        yield from _unfit_for_people(settings)
    elif not settings.demo and not _leads_nowhere(urlsplit(settings.public_url).hostname or ""):
        yield "GENVEJ_PUBLIC_URL is an address that others can reach. Set GENVEJ_MODE to production."


def faults_of_accounts(settings: "Settings") -> Iterator[str]:
    """The same for what stands around the staff's accounts."""
    file = settings.accounts.leaked_passwords
    if file is not None and not (file.is_file() and access(file, R_OK)):
        yield "GENVEJ_ACCOUNTS__LEAKED_PASSWORDS names a file that cannot be read. Correct the path, or leave it out."


def _unfit_for_people(settings: "Settings") -> Iterator[str]:
    for name in demo_keys(settings.keys(), settings.field_keys):
        yield f"{name} is a demo's key, and production needs its own. {RECIPE}"
    if settings.demo:
        yield "GENVEJ_DEMO cannot be true in production. Leave it out, or set GENVEJ_MODE to development."
    if not settings.secure_cookies:
        yield "GENVEJ_PUBLIC_URL must begin with https:// in production."
    if settings.help_phone == HELP_PHONE:
        yield "GENVEJ_HELP_PHONE is nobody's number. Set the one that citizens can call."
    if settings.message_folder is not None:
        yield "GENVEJ_MESSAGE_FOLDER keeps messages instead of sending them. Leave it out in production."
    if settings.mail_host and settings.mail_tls == "none" and settings.mail_host not in THIS_MACHINE:
        yield "GENVEJ_MAIL_TLS cannot be none for a mail server elsewhere. Set starttls or tls."
    if "*" in settings.trusted_proxies:
        yield "GENVEJ_TRUSTED_PROXIES cannot be * in production: everybody could choose an address. Name the proxies."


def _leads_nowhere(host: str) -> bool:
    """Whether only this machine finds itself there, or nobody anything."""
    return host in THIS_MACHINE or host.startswith("127.") or f".{host}".endswith(_NOWHERE)
