"""The columns of a CSV file, which are the fields of the form too: Danish headings, and our own names."""

import re
from collections.abc import Iterable, Mapping
from csv import DictWriter
from dataclasses import fields
from io import StringIO
from types import MappingProxyType

from matching.contents import PlanContents
from matching.intake.draft import Draft
from matching.intake.texts import clean, day_within, paragraphs
from matching.plan_facts import PlanLink
from providers.reference.spelling import spelled_out

HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "message_id": ("besked-id", "meddelelses-id", "id"),
        "municipality": ("kommunekode", "kommune", "modtager", "hjemkommune"),
        "cpr": ("cpr-nummer", "cprnr", "personnummer"),
        "birth_date": ("fødselsdato",),
        "name": ("navn", "borgers navn"),
        "given_name": ("fornavn", "fornavne"),
        "family_name": ("efternavn",),
        "address": ("adresse", "vej"),
        "postal_code": ("postnummer", "postnr"),
        "city": ("by", "bynavn"),
        "residence": ("bopælskommune", "bopæl"),
        "phone": ("telefon", "telefonnummer", "mobil"),
        "email": ("e-mail", "mail"),
        "address_protected": ("adressebeskyttelse", "adressebeskyttet", "navne- og adressebeskyttelse"),
        "plan_type": ("plantype", "type"),
        "level": ("niveau",),
        "package": ("forløbspakke", "pakke"),
        "discharge_date": ("udskrivningsdato", "udskrevet", "udskrivning"),
        "earliest_start": ("tidligste start", "tidligst start"),
        "received_on": ("modtaget", "modtaget dato", "modtagelsesdato"),
        "offer_date": ("tilbudt dato", "tilbud", "første kontakt", "tilbudt første kontakt"),
        "offer_recorded_on": ("tilbud givet", "tilbudsdato"),
        "case_reference": ("sagsnummer", "sagsnr", "sags-id"),
        "replaces": ("erstatter",),
        "restarts": ("genstarter", "genstart af"),
        "parallel": ("sideløbende med", "parallel med"),
        "function_before": ("funktionsevne før", "funktionsniveau før"),
        "function_at_discharge": ("funktionsevne ved udskrivning", "funktionsniveau ved udskrivning"),
        "need": ("genoptræningsbehov", "behov"),
        "start_deadline": ("frist for start", "startfrist"),
        "health": ("helbred", "sygdom og behandling"),
        "safety": ("sikkerhed", "patientsikkerhed"),
        "practical": ("praktisk", "praktiske oplysninger"),
        "control": ("kontrol",),
        "function_extended": ("udvidet funktionsevne",),
        "region_contact": ("kontakt i regionen",),
        "municipality_contact": ("kontakt i kommunen",),
        "diagnoses": ("diagnoser",),
        "hospital": ("sygehus", "hospital", "afdeling"),
    }
)
"""By our name: what a heading may be. Case, spaces, dashes and the spelling of Danish letters do not matter."""

REQUIRED = ("message_id", "cpr", "plan_type", "discharge_date")
_YES = frozenset({"ja", "j", "x", "1", "true", "yes"})
_CONTENTS = frozenset(field.name for field in fields(PlanContents)) & HEADINGS.keys() - {
    *("start_deadline", "hospital", "diagnoses")
}


def column_of(heading: str) -> str | None:
    """Our name for a heading; None for one that we do not know."""
    return _KNOWN.get(_key(heading))


def missing_columns(columns: Iterable[str | None]) -> list[str]:
    """The Danish headings without which no plan can be made of any row."""
    return [HEADINGS[name][0] for name in REQUIRED if name not in set(columns)]


def form_body(values: Mapping[str, str]) -> bytes:
    """A form as a file of one line, so that it is kept, read and tried again like any other."""
    file = StringIO()
    writer = DictWriter(file, [name for name in HEADINGS if name in values], extrasaction="ignore", delimiter=";")
    writer.writeheader()
    writer.writerow(values)
    return file.getvalue().encode()


def draft_of(values: Mapping[str, str]) -> Draft:
    """A plan's texts, by our names of the columns."""

    def said(name: str) -> str:
        return clean(values.get(name))

    town = clean(f"{said('postal_code')} {said('city')}")
    return Draft(
        message_id=said("message_id"),
        municipality=(said("municipality"),),
        cpr=said("cpr"),
        birth_date=said("birth_date"),
        name=said("name") or clean(f"{said('given_name')} {said('family_name')}"),
        address=said("address") if town in said("address") else ", ".join(filter(None, (said("address"), town))),
        postal_code=said("postal_code"),
        residence=said("residence"),
        phone=said("phone")[:40],
        email=said("email"),
        address_protected=said("address_protected").lower() in _YES,
        plan_type=said("plan_type"),
        level=said("level"),
        package=said("package"),
        discharge=said("discharge_date"),
        earliest_start=said("earliest_start"),
        received=said("received_on"),
        offer=said("offer_date"),
        offered=said("offer_recorded_on"),
        case_reference=said("case_reference"),
        earlier=next(((link, said(link.value)) for link in PlanLink if said(link.value)), None),
        contents=_contents(values),
    )


def values_of(draft: Draft) -> dict[str, str]:
    """The other way round: a plan's texts under our names of the columns, so that somebody can complete them."""
    contents = draft.contents
    values = {
        **{name: getattr(draft, name) for name in HEADINGS if isinstance(getattr(draft, name, None), str)},
        **{name: getattr(contents, name) or "" for name in _CONTENTS},
        "municipality": next(filter(None, draft.municipality), ""),
        "discharge_date": draft.discharge,
        "received_on": draft.received,
        "offer_date": draft.offer,
        "offer_recorded_on": draft.offered,
        "address_protected": "ja" if draft.address_protected else "",
        "start_deadline": contents.start_deadline_text or "",
        "diagnoses": "\n".join(contents.diagnoses),
        "hospital": contents.hospital or "",
    }
    if draft.earlier:
        values[draft.earlier[0].value] = draft.earlier[1]
    return {name: text for name, text in values.items() if text}


def _contents(values: Mapping[str, str]) -> PlanContents:
    texts = {name: paragraphs(values.get(name)) for name in _CONTENTS}
    deadline = paragraphs(values.get("start_deadline"))
    return PlanContents(
        **{name: text for name, text in texts.items() if text},  # type: ignore[arg-type]
        hospital=clean(values.get("hospital")) or None,
        diagnoses=tuple((paragraphs(values.get("diagnoses")) or "").splitlines()),
        start_deadline=day_within(deadline or ""),
        start_deadline_text=deadline,
    )


def _key(heading: str) -> str:
    return re.sub(r"[\W_]+", "", spelled_out(heading))


_KNOWN = {_key(heading): name for name, headings in HEADINGS.items() for heading in (name, *headings)}
