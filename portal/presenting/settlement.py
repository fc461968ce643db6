"""The basis of a settlement in words and kroner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from babel.numbers import format_decimal

from matching.settling import Settled, Sum
from portal.isolating import isolated
from portal.language import Language
from portal.presenting import dates
from portal.presenting.tables import Head
from portal.presenting.words import BASIS_FOR_STAFF, LEVEL_WORDS, package_words
from providers.clock import local_date
from providers.models import PartRule
from providers.reference import Catalogue
from providers.words import N_

_ENDED: Mapping[str, str] = MappingProxyType(
    {
        "completed": N_("Afsluttet"),
        "stopped": N_("Stoppet før tid"),
        "handed_back": N_("Taget tilbage af kommunen"),
        "cancelled_by_citizen": N_("Stoppet af borgeren"),
        "cancelled_by_provider": N_("Stoppet af stedet"),
    }
)

FILE_HEADS = (
    *("sagsnummer", "forloebspakke", "niveau", "grundlag", "leverandoer", "cvr", "leverandoer_gln", "sted"),
    *("betaler_gln", "begyndt", "sluttet", "udfald", "kontakter", "pakkens_kontakter", "pakkepris_kr", "beloeb_kr"),
    *("pris_fra", "pris_kilde", "delregel", "delregel_kilde"),
)
"""The file's columns, in the order of `file_row`."""


@dataclass(frozen=True, slots=True)
class SettledLine:
    """A course. `part` says how a part of the price was reckoned, `demo` that the amount is invented."""

    case: str
    provider: str
    number: str
    package: str
    period: str
    ended: str
    contacts: str
    amount: str
    part: str
    demo: bool


@dataclass(frozen=True, slots=True)
class SumLine:
    provider: str
    number: str
    courses: str
    amount: str
    note: str


def settled_heads(spoken: Language) -> list[Head]:
    """The columns of the courses."""
    labels = (N_("Sag"), N_("Leverandør"), N_("Forløbspakke"), N_("Forløb"), N_("Kontakter"), N_("Beløb"))
    return [Head(spoken.say(label), number=label in {"Kontakter", "Beløb"}) for label in labels]


def sum_heads(spoken: Language) -> list[Head]:
    """The columns of the sums."""
    return [
        Head(spoken.say("Leverandør")),
        Head(spoken.say("Forløb"), number=True),
        Head(spoken.say("Beløb"), number=True),
    ]


def settled_lines(found: Sequence[Settled], catalogue: Catalogue, spoken: Language) -> list[SettledLine]:
    """In the order in which they come."""
    return [_line(one, catalogue, spoken) for one in found]


def sum_lines(found: Sequence[Sum], spoken: Language) -> list[SumLine]:
    """In the order in which they come."""
    return [
        SumLine(
            provider=one.provider,
            number=_number(one.cvr, one.gln),
            courses=str(one.courses),
            amount=kroner(one.ore, spoken),
            note=spoken.say_many("%(count)s uden pris", "%(count)s uden pris", one.unpriced) if one.unpriced else "",
        )
        for one in found
    ]


def kroner(ore: int, spoken: Language) -> str:
    """`3.200,00 kr.`"""
    return spoken.say("%(amount)s kr.", amount=format_decimal(ore / 100, "#,##0.00", locale=spoken.locale))


def file_row(one: Settled, payer: str) -> tuple[object, ...]:
    """A line of the file; days as ISO, amounts with a comma, as Danish spreadsheets read them."""
    course, price, rule = one.course, one.price, one.rule
    return (
        *(course.case_reference, course.package_id, course.level, course.basis.value),
        *(course.provider, course.cvr, course.gln, course.site_name, payer),
        *(local_date(course.started_at), local_date(course.ended_at), course.ended_by, course.contacts),
        *((price.contacts, _plain(price.ore)) if price else (None, None)),
        _plain(one.ore) if one.ore is not None else None,
        *((price.valid_from, "demo" if price.demo else "aftalt") if price else (None, None)),
        *((rule.part.value, "demo" if rule.demo else "aftalt") if rule and not course.completed else (None, None)),
    )


def _plain(ore: int) -> str:
    return f"{ore // 100},{ore % 100:02}"


def _line(one: Settled, catalogue: Catalogue, spoken: Language) -> SettledLine:
    course = one.course
    package = package_words(catalogue.packages[course.package_id], spoken) if course.package_id else ""
    level = spoken.say(LEVEL_WORDS[course.level]).lower() if course.level else ""
    began, ended = (dates.short_date(moment, spoken) for moment in (course.started_at, course.ended_at))
    return SettledLine(
        case=course.case_reference,
        provider=f"{isolated(course.provider)}, {spoken.say(BASIS_FOR_STAFF[course.basis]).lower()}",
        number=_number(course.cvr, course.gln),
        package=", ".join(filter(None, (package, level))),
        period=f"{began} – {ended}",
        ended=spoken.say(_ENDED.get(course.ended_by, course.ended_by)),
        contacts=str(course.contacts),
        amount=kroner(one.ore, spoken) if one.ore is not None else spoken.say("Ingen pris"),
        part=_part(one, spoken),
        demo=one.demo,
    )


def _part(one: Settled, spoken: Language) -> str:
    if one.course.completed or one.price is None or one.rule is None:
        return ""
    if one.rule.part is PartRule.WHOLE:
        return spoken.say("hele prisen")
    held = min(one.course.contacts, one.price.contacts)
    return spoken.say("%(held)s af %(all)s kontakter", held=held, all=one.price.contacts)


def _number(cvr: str, gln: str | None) -> str:
    return f"CVR {cvr}, GLN {gln}" if gln else f"CVR {cvr}"
