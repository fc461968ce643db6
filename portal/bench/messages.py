"""Invented messages of hospitals, as many as wanted: one list of plans, or a GGOP message for each."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from matching.intake.columns import form_body
from matching.intake.storing import File
from providers.identifiers import demo_cpr

_GGOP = """<?xml version="1.0" encoding="UTF-8"?>
<Emessage xmlns="urn:oio:medcom:municipality:1.0.4" xmlns:m="urn:oio:medcom:municipality:1.0.0"><RehabilitationPlan>
<Letter><m:Identifier>{message_id}</m:Identifier></Letter>
<Sender><m:OrganisationName>Opdigtet Sygehus</m:OrganisationName></Sender>
<Receiver><m:Identifier>0101</m:Identifier></Receiver>
<Patient><m:CivilRegistrationNumber>{cpr}</m:CivilRegistrationNumber><m:PersonSurnameName>Borger</m:PersonSurnameName>
<m:PersonGivenName>Demo</m:PersonGivenName><m:StreetName>Opdigtet Allé 1</m:StreetName>
<m:PostCodeIdentifier>1050</m:PostCodeIdentifier><m:DistrictName>København K</m:DistrictName></Patient>
<TypeOfRehabilitationPlan>almen</TypeOfRehabilitationPlan>
<CurrentHospitalContact><ExpectedEnd><Date>{discharge_date}</Date></ExpectedEnd></CurrentHospitalContact>
<AbilityAtDischargeSummary>{need}</AbilityAtDischargeSummary>
<RehabilitationNeedAndPotential>{need}</RehabilitationNeedAndPotential>
</RehabilitationPlan></Emessage>"""
_NEED = "Styrke, balance og gang. " * 20
"""As many words as a short plan has."""


def a_list(turn: int, plans: int, today: date) -> list[File]:
    """All in one CSV file."""
    lines = [form_body(values) for values in _plans(turn, plans, today)]
    head = lines[0].partition(b"\r\n")[0]
    return [File(f"{turn}.csv", b"\r\n".join([head, *(line.partition(b"\r\n")[2].rstrip() for line in lines)]))]


def messages(turn: int, plans: int, today: date) -> list[File]:
    """One GGOP message in each file."""
    return [
        File(f"{values['message_id']}.xml", _GGOP.format(**values).encode()) for values in _plans(turn, plans, today)
    ]


def _plans(turn: int, plans: int, today: date) -> Sequence[dict[str, str]]:
    """Plans that nobody has brought before, of people who cannot be real."""
    random = Random(turn)  # noqa: S311 - nobody gains by guessing an invented person
    return [
        {
            "message_id": f"{turn}-{number}",
            "cpr": demo_cpr(random, date(1930 + number % 60, 2, 1) + timedelta(days=number % 300)),
            "name": "Demo Borger",
            "plan_type": "almen",
            "discharge_date": (today - timedelta(days=number % 10)).isoformat(),
            "need": _NEED,
        }
        for number in range(plans)
    ]
