"""Up to three sites beside one another, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matching.finding.seats import Seat
from portal.language import Language
from portal.presenting import dates
from portal.presenting.links import Link
from portal.presenting.numbers import kilometres
from portal.presenting.sites import about_site, mode_words
from providers.models import Site


@dataclass(frozen=True, slots=True)
class Compared:
    """What is known of one site, which comes with its provider and postal code.

    `metres` None = nobody has said from where.
    """

    site: Site
    href: str
    basis: str
    seats: Sequence[Seat]
    metres: float | None
    transport: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """`lines`: what is compared, and the value for each site in the order of `sites`."""

    sites: tuple[Link, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]


def comparison(compared: Sequence[Compared], deadline: date | None, spoken: Language) -> Comparison:
    """A line that no site has anything to say to is left out."""
    columns = [_values(one, deadline, spoken) for one in compared]
    labels = columns[0] if columns else {}
    lines = [(label, tuple(column[label] for column in columns)) for label in labels]
    return Comparison(
        tuple(Link(one.site.name, one.href) for one in compared),
        tuple((label, tuple(value or "–" for value in values)) for label, values in lines if any(values)),
    )


def _values(one: Compared, deadline: date | None, spoken: Language) -> dict[str, str]:
    say, about, first = spoken.say, about_site(one.site, spoken), next(iter(one.seats), None)
    when = dates.first_letter_up(dates.start(first.starts_at, spoken, year=False)) if first else ""
    return {
        say("Første ledige tid"): when or say("Ingen lige nu"),
        say("Din frist"): dates.against_deadline(first.starts_at, deadline, spoken) if first and deadline else "",
        say("Afstand i lige linje"): kilometres(one.metres, spoken) if one.metres is not None else "",
        say("Slags sted"): one.basis or about.kind,
        say("Sådan foregår det"): mode_words({seat.mode for seat in one.seats}, spoken),
        say("Kørsel"): one.transport,
        say("Adgang"): about.access,
        say("Sprog"): about.languages,
        say("Adresse"): about.address,
        say("Telefon"): about.phone.label if about.phone else "",
    }
