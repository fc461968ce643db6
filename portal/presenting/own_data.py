"""Everything that is kept about the citizen, in words: one part for each kind, each line with its day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from matching.models import Channel, MessageState, Recipient, ReportState
from matching.own_data import OwnData
from matching.own_data import Row as Fields
from matching.plan_facts import Basis
from matching.state_words import BOOKING_WORDS, PLAN_WORDS, STOP_REASON_WORDS
from matching.states import BookingState
from portal.language import Language
from portal.presenting import dates
from portal.presenting.choices import Row
from portal.presenting.look_up_words import ACTION_WORDS
from portal.presenting.looks import LOOKER_WORDS, look_lines
from portal.presenting.own_data_words import CHANNEL_WORDS, MESSAGE_WORDS, RECIPIENT_WORDS, REPORT_WORDS
from portal.presenting.words import BASIS_WORDS, LEVEL_WORDS, PLAN_TYPE_WORDS, package_words
from providers.reference import Catalogue
from providers.words import N_

_SOMEBODY, _SOMETHING = N_("En medarbejder"), N_("Noget blev ændret i sagen")


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of data; `empty` is said when there is none of it."""

    name: str
    heading: str
    rows: tuple[Row, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class OwnDataPage:
    """`kept`: for how long, with a label of its own when nobody has decided it."""

    parts: tuple[Part, ...]
    kept: str
    kept_is_demo: bool


def own_data_page(data: OwnData, catalogue: Catalogue, spoken: Language) -> OwnDataPage:
    say = spoken.say
    nothing = say("Ingen.")
    return OwnDataPage(
        parts=(
            Part("dig", say("Om dig"), tuple(_person(data, spoken))),
            Part("planen", say("Din plan"), tuple(_plan(data, catalogue, spoken))),
            Part("tider", say("Dine tider"), tuple(_booking(row, spoken) for row in data.bookings), nothing),
            Part("koder", say("Koderne i dine breve"), tuple(_code(row, spoken) for row in data.codes), nothing),
            Part("sket", say("Det er der sket"), tuple(_event(row, spoken) for row in data.events), nothing),
            Part("sendt", say("Sendt til din kommune"), tuple(_report(row, spoken) for row in data.reports), nothing),
            Part("beskeder", say("Beskeder"), tuple(_message(row, spoken) for row in data.messages), nothing),
            Part("bedt-om", say("Det har du bedt om"), tuple(_asked(row, spoken) for row in data.asked), nothing),
            Part("set", say("Hvem har set din sag"), tuple(_looks(data, spoken)), nothing),
        ),
        kept=spoken.say_many(
            "Vi gemmer det i %(count)s dag, efter at der sidst er sket noget i din sag. Så bliver det slettet.",
            "Vi gemmer det i %(count)s dage, efter at der sidst er sket noget i din sag. Så bliver det slettet.",
            data.kept_for.days,
        ),
        kept_is_demo=data.kept_for.demo,
    )


def _person(data: OwnData, spoken: Language) -> Iterator[Row]:
    person, say = data.person, spoken.say
    yield Row(say("Navn"), person.name)
    yield Row(say("CPR-nummer"), person.cpr, say("De sidste cifre vises med MitID.") if "•" in person.cpr else "")
    yield Row(say("Født"), dates.short_date(person.date_of_birth, spoken))
    yield Row(say("Adresse"), person.address or "–", "" if person.address else say("Vises kun med MitID."))
    for label, value in ((say("Telefon"), person.phone), (say("E-mail"), person.email)):
        if value:
            yield Row(label, value, say("Fra din plan"))
    for label, value in ((say("E-mail"), data.contact.email), (say("Mobil"), data.contact.mobile)):
        if value:
            yield Row(label, value, say("Her har du bedt om beskeder"))


def _plan(data: OwnData, catalogue: Catalogue, spoken: Language) -> Iterator[Row]:
    plan, say = data.plan, spoken.say
    yield Row(say("Hjemkommune"), plan.municipality.official_name, plan.case_reference)
    yield Row(say("Plantype"), say(PLAN_TYPE_WORDS[plan.plan_type]))
    yield Row(say("Niveau"), say(LEVEL_WORDS[plan.level]) if plan.level else say("Ikke besluttet endnu"))
    if plan.package_id:
        yield Row(say("Forløb"), package_words(catalogue.packages[plan.package_id], spoken))
    days: tuple[tuple[str, date | datetime | None], ...] = (
        (say("Udskrevet"), plan.discharge_date),
        (say("Modtaget af kommunen"), plan.received_on),
        (say("Tidligste start"), plan.earliest_start),
        (say("Kommunens tilbudte dag"), plan.offer_date),
        (say("Kommunen skrev, at den ikke kunne nå det"), plan.cannot_offer_recorded_on),
        (say("Du fik besked om dine muligheder"), plan.informed_at),
        (say("Du valgte at vente"), plan.deferred_on),
    )
    yield from (Row(label, dates.short_date(day, spoken)) for label, day in days if day is not None)
    yield Row(say("Status"), say(PLAN_WORDS[plan.state]))


def _booking(row: Fields, spoken: Language) -> Row:
    place = f"{row['site']}, {row['street']}, {row['postal_code']} {row['postal_name']}"
    basis = spoken.say(BASIS_WORDS[Basis(row["basis"])])
    return Row(
        dates.first_letter_up(dates.start(row["starts_at"], spoken)),
        f"{place} · {basis}",
        spoken.say(BOOKING_WORDS[BookingState(row["state"])]),
    )


def _code(row: Fields, spoken: Language) -> Row:
    if row["revoked_at"]:
        note = spoken.say("Spærret %(day)s", day=dates.short_date(row["revoked_at"], spoken))
    else:
        note = spoken.say("Gælder til %(day)s", day=dates.short_date(row["expires_at"], spoken))
    return Row(_when(row["issued_at"], spoken), spoken.say("Koderne er kun gemt, så de kan genkendes."), note)


def _event(row: Fields, spoken: Language) -> Row:
    known = {reason.value: words for reason, words in STOP_REASON_WORDS.items()}
    what = spoken.say(ACTION_WORDS.get(row["kind"], _SOMETHING))
    reason = f": {spoken.say(known[row['reason']])}" if row["reason"] in known else ""
    return Row(_when(row["at"], spoken), what + reason, spoken.say(LOOKER_WORDS.get(row["role"], _SOMEBODY)))


def _report(row: Fields, spoken: Language) -> Row:
    what = spoken.say(ACTION_WORDS.get(row["event"], _SOMETHING))
    state = spoken.say(REPORT_WORDS[ReportState(row["state"])])
    return Row(_when(row["created_at"], spoken), f"{row['recipient']}: {what}", dates.first_letter_up(state))


def _message(row: Fields, spoken: Language) -> Row:
    to, by = RECIPIENT_WORDS[Recipient(row["recipient"])], CHANNEL_WORDS[Channel(row["channel"])]
    state = dates.first_letter_up(spoken.say(MESSAGE_WORDS[MessageState(row["state"])]))
    return Row(_when(row["sent_at"] or row["due_at"], spoken), f"{spoken.say(to)}, {spoken.say(by)}", state)


def _asked(row: Fields, spoken: Language) -> Row:
    """A call, or to be told of free times."""
    if row["kind"] == "call":
        state = spoken.say("Afsluttet") if row["outcome"] else spoken.say("Venter")
        return Row(_when(row["at"], spoken), spoken.say("Et opkald fra %(site)s", site=row["site"]), state)
    what = spoken.say("Besked om ledige tider")
    return Row(_when(row["at"], spoken), f"{what}: {row['site']}" if row["site"] else what, spoken.say("Venter"))


def _looks(data: OwnData, spoken: Language) -> Iterator[Row]:
    return (Row(line.when, line.who, line.what_for) for line in look_lines(data.looks, spoken))


def _when(moment: datetime, spoken: Language) -> str:
    return dates.first_letter_up(dates.day_and_time(moment, spoken))
