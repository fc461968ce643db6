"""Links as templates take them."""

from dataclasses import dataclass

from portal.presenting.numbers import tel


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str


def phone_link(number: str | None) -> Link | None:
    """A telephone number that can be called by a press; None stays None."""
    return Link(number, f"tel:{tel(number)}") if number else None


def web_link(address: str | None) -> Link | None:
    """An address as people write it, with or without its scheme; None stays None."""
    if not address:
        return None
    plain = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    return Link(plain, address if address.startswith(("https://", "http://")) else f"https://{plain}")
