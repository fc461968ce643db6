"""Who gets what at which address: one row for each, written by hand by somebody who has thought about it.

    "GET /kommune/sager/{plan_id}": staff("VM"),
    "POST /klinik/tider/luk": staff("OP", own=303, fields={"tid": "{slot}"}),

Letters are roles: V visitator, M manager, O clinic owner, P planner, T therapist, A approver, D operator. A number in
the address or in a field is a kind of object in `matrix_world`: those who may come get `own` for their organisation's
and `other` for another's. Everybody else is refused before anything is looked up: 403 in another post, 303 (to where
what is missing is done) without one. `own` of a form is what it answers to these fields alone, so that asking changes
as little as may be.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Door(StrEnum):
    """What somebody must have shown: nothing, a code, both codes, an issuer's word, a sign-in, a post; or, as a
    program, both codes, or a municipality's or a clinic's key.
    """

    OPEN = "open"
    CODE = "code"
    CITIZEN = "citizen"
    IDENTIFIED = "identified"
    ACCOUNT = "account"
    STAFF = "staff"
    PROGRAM = "program"
    KEY = "key"
    CLINIC_KEY = "clinic_key"


@dataclass(frozen=True, slots=True)
class Row:
    """`own` and `other` are the statuses of those who may come, `but` that of a kind of person who gets another one:
    `staff`, `citizen` (with both codes), `mitid` (by an issuer's word), `program` (with both codes) or `key`.
    """

    door: Door
    own: int
    other: int = 404
    who: str = ""
    but: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)


def everybody(own: int = 200, **but: int) -> Row:
    return Row(Door.OPEN, own, own, but=but)


def with_code(own: int = 200, **but: int) -> Row:
    """What a site offers is no secret, so another's number is as good as one's own."""
    return Row(Door.CODE, own, own, but=but)


def citizen(own: int = 200, **fields: str) -> Row:
    return Row(Door.CITIZEN, own, fields=fields)


def identified(own: int = 200) -> Row:
    return Row(Door.IDENTIFIED, own)


def account(own: int = 200, **fields: str) -> Row:
    return Row(Door.ACCOUNT, own, fields=fields)


def staff(who: str, own: int = 200, *, other: int = 404, fields: Mapping[str, str] | None = None) -> Row:
    return Row(Door.STAFF, own, other, who, fields=fields or {})


def program(own: int = 200, *, other: int = 404, **fields: str) -> Row:
    return Row(Door.PROGRAM, own, other, fields=fields)


def key(own: int = 200) -> Row:
    return Row(Door.KEY, own)


def clinic_key(own: int = 200, *, other: int = 404) -> Row:
    return Row(Door.CLINIC_KEY, own, other)


EXPECTED: Mapping[str, Row] = {
    "GET /": everybody(),
    "GET /kode": everybody(303),
    "POST /kode": everybody(400),
    "GET /farvel": everybody(303),
    "POST /farvel": everybody(303),
    "GET /sprog/{code}": everybody(303),
    "GET /forloeb": citizen(),
    "GET /min-tid/brev.pdf": citizen(),
    "GET /min-tid/kontakt": citizen(),
    "POST /min-tid/kontakt": citizen(303),
    "GET /stop/{token}": everybody(404),
    "POST /stop/{token}": everybody(404),
    "GET /stoppet": everybody(),
    "GET /static/{digest}/{name}": everybody(404),
    "GET /soeg": everybody(),
    "GET /soeg/{site_id}": everybody(),
    "GET /postnumre.json": everybody(),
    "GET /saadan": everybody(),
    "GET /rigtige-sted": everybody(),
    "GET /niveau": everybody(),
    "GET /transport": everybody(),
    "GET /standard": everybody(),
    "GET /tal": everybody(),
    "GET /standard/{code}": everybody(404),
    "GET /was": everybody(),
    "GET /privatliv": everybody(),
    "GET /cookies": everybody(),
    "GET /robots.txt": everybody(),
    "GET /sitemap.xml": everybody(),
    "GET /hold": everybody(303),
    "GET /slip": everybody(303),
    "GET /min-tid/behold": everybody(303),
    "GET /min-tid/flyt": everybody(303),
    "GET /min-tid/tilbud": everybody(303),
    "GET /muligheder": with_code(),
    "POST /muligheder/vent": citizen(409),
    "GET /muligheder/vent": everybody(303),
    "POST /muligheder/vaelg": citizen(303),
    "GET /muligheder/vaelg": everybody(303),
    "GET /steder": with_code(),
    "GET /steder/{site_id}": with_code(),
    "GET /soeg/sammenlign": everybody(303),
    "GET /_components": everybody(),
    "GET /_components/{name}": everybody(404),
    "GET /sammenlign": with_code(),
    "POST /gem": with_code(303),
    "GET /gem": everybody(303),
    "GET /ingen-tid": with_code(303),
    "POST /ingen-tid/besked": citizen(),
    "POST /ingen-tid/stop": citizen(303),
    "POST /ingen-tid/opkald": citizen(),
    "POST /ingen-tid/intet-opkald": citizen(303),
    "POST /ingen-tid/kommune": citizen(409),
    "GET /ingen-tid/{form}": everybody(303),
    "GET /koersel": with_code(),
    "POST /koersel": with_code(400),
    "POST /hold": with_code(409),
    "POST /slip": with_code(303),
    "GET /bekraeft": with_code(citizen=303, mitid=303),
    "POST /bekraeft": with_code(400),
    "GET /bekraeft/demo": everybody(303),
    "POST /bekraeft/demo": with_code(404),
    "GET /book": citizen(303),
    "POST /book": citizen(409),
    "GET /kvittering": citizen(),
    "GET /min-tid": citizen(),
    "GET /min-tid/kalender.ics": citizen(),
    "GET /min-tid/aflys": citizen(),
    "POST /min-tid/tilbud": citizen(404),
    "GET /min-tid/tilbud/nej": citizen(404),
    "POST /min-tid/tilbud/nej": citizen(404),
    "POST /min-tid/flyt": citizen(303),
    "POST /min-tid/behold": citizen(303),
    "GET /mine-planer": everybody(303, mitid=200),
    "POST /mine-planer": everybody(303),
    "GET /min-plan": identified(),
    "GET /hvem-har-set": identified(),
    "GET /mine-oplysninger": citizen(),
    "GET /mine-oplysninger.json": citizen(),
    "GET /log-ind/{issuer}": everybody(404),
    "POST /log-ind/{issuer}": everybody(404),
    "GET /ind": everybody(staff=303),
    "POST /ind": everybody(401),
    "GET /ind/kode": everybody(303),
    "POST /ind/kode": everybody(303),
    "GET /ind/opret": everybody(303),
    "POST /ind/opret": everybody(303),
    "GET /ind/opret/noegle": everybody(303),
    "POST /ind/opret/noegle": everybody(303),
    "GET /ind/demo": everybody(404),
    "POST /ind/demo": everybody(404),
    "GET /ud": everybody(303),
    "POST /ud": everybody(303),
    "GET /invitation": everybody(404),
    "POST /invitation": everybody(404),
    "GET /invitation/{token}": everybody(303),
    "GET /mig": account(),
    "GET /mig/rolle": everybody(303),
    "POST /mig/rolle": account(303, rolle="{membership}"),
    "GET /mig/adgangskode": everybody(303),
    "POST /mig/adgangskode": account(401),
    "GET /mig/noegler": everybody(303),
    "POST /mig/noegler": account(401),
    "GET /mig/app": everybody(303),
    "POST /mig/app": account(400),
    "GET /nulstil": everybody(404),
    "POST /nulstil": everybody(404),
    "GET /nulstil/{token}": everybody(303),
    "GET /medarbejdere": staff("MOD"),
    "GET /medarbejdere/inviter": staff("MOD"),
    "POST /medarbejdere/inviter": staff("MOD", own=400),
    "GET /medarbejdere/traek": everybody(303),
    "POST /medarbejdere/traek": staff("MOD", own=404),
    "GET /medarbejdere/{account_id}": staff("MOD"),
    "GET /medarbejdere/{account_id}/adgangskode": everybody(303),
    # Nobody resets their own account, so this is the answer at home too.
    "POST /medarbejdere/{account_id}/adgangskode": staff("MOD", own=404),
    "GET /medarbejdere/{account_id}/app": staff("MOD"),
    "POST /medarbejdere/{account_id}/app": staff("MOD", own=404),
    "GET /medarbejdere/{account_id}/besoeg": everybody(303),
    "POST /medarbejdere/{account_id}/besoeg": staff("MOD", own=404),
    "GET /medarbejdere/{account_id}/rolle": everybody(303),
    "POST /medarbejdere/{account_id}/rolle": staff("MOD", own=404),
    "GET /programmer": staff("MO"),
    "POST /programmer": staff("MO", own=400),
    "GET /programmer/spaer": everybody(303),
    "POST /programmer/spaer": staff("MO", own=404),
    "GET /mig/invitation": everybody(303),
    "POST /mig/invitation": account(404),
    "GET /mig/besoeg": everybody(303),
    "POST /mig/besoeg": account(303),
    "GET /mig/besoeg/alle": everybody(303),
    "POST /mig/besoeg/alle": account(303),
    "GET /kommune": staff("VM"),
    "GET /kommune/planer/ind": staff("V"),
    "GET /kommune/planer/ind/skema": staff("V"),
    "POST /kommune/planer/ind/skema": staff("V"),
    "POST /kommune/planer/ind/filer": staff("V", 400),
    "POST /kommune/planer/ind/igen": staff("V", 404),
    "POST /kommune/planer/ind/laeg-vaek": staff("V", 404),
    "GET /kommune/planer/ind/filer": everybody(303),
    "GET /kommune/planer/ind/igen": everybody(303),
    "GET /kommune/planer/ind/laeg-vaek": everybody(303),
    "GET /kommune/sager/{plan_id}": staff("VM"),
    "GET /kommune/afregning": staff("M"),
    "GET /kommune/afregning/udtraek": everybody(303),
    "POST /kommune/afregning/udtraek": staff("M"),
    "GET /kommune/anmodninger": staff("V"),
    "GET /kommune/anmodninger/{plan_id}": staff("V", own=404),
    "POST /kommune/anmodninger/{plan_id}/ja": staff("V", own=404),
    "GET /kommune/anmodninger/{plan_id}/ja": everybody(303),
    "POST /kommune/anmodninger/{plan_id}/afvis": staff("V", own=404),
    "GET /kommune/anmodninger/{plan_id}/afvis": everybody(303),
    "GET /kommune/sager/{plan_id}/tilbud": staff("V"),
    "POST /kommune/sager/{plan_id}/tilbud": staff("V", own=400),
    "POST /kommune/sager/{plan_id}/visiter": staff("V", own=409),
    "GET /kommune/sager/{plan_id}/visiter": everybody(303),
    "POST /kommune/sager/{plan_id}/datoer": staff("V", own=400),
    "GET /kommune/sager/{plan_id}/datoer": everybody(303),
    "POST /kommune/sager/{plan_id}/kan-ikke": staff("V", own=409),
    "GET /kommune/sager/{plan_id}/kan-ikke": everybody(303),
    "POST /kommune/sager/{plan_id}/tilbud/traek": staff("V", own=409),
    "GET /kommune/sager/{plan_id}/tilbud/traek": everybody(303),
    "POST /kommune/sager/{plan_id}/tag-tilbage": staff("V", own=409),
    "GET /kommune/sager/{plan_id}/tag-tilbage": everybody(303),
    "POST /kommune/sager/{plan_id}/giv-videre": staff("V", own=400),
    "GET /kommune/sager/{plan_id}/giv-videre": everybody(303),
    "POST /kommune/sager/{plan_id}/stop": staff("V", own=400),
    "GET /kommune/sager/{plan_id}/stop": everybody(303),
    "GET /kommune/sager/{plan_id}/hjaelp": everybody(303),
    "POST /kommune/sager/{plan_id}/hjaelp": staff("V", 303),
    "GET /kommune/hjaelp/slut": everybody(303),
    "POST /kommune/hjaelp/slut": staff("VMOPTAD", 303),
    "GET /kommune/sager/{plan_id}/leverandoerbrev.pdf": staff("V"),
    "GET /kommune/breve": staff("V"),
    "POST /kommune/sager/{plan_id}/brev": staff("V", own=409),
    "GET /kommune/sager/{plan_id}/brev": everybody(303),
    "POST /kommune/sager/{plan_id}/besked": staff("V", own=400),
    "GET /kommune/sager/{plan_id}/besked": everybody(303),
    "POST /kommune/sager/{plan_id}/spaer": staff("V", own=409),
    "GET /kommune/sager/{plan_id}/spaer": everybody(303),
    "POST /kommune/breve/valgte": staff("V", own=303),
    "GET /kommune/breve/valgte": everybody(303),
    "POST /kommune/breve/fortryd": staff("V", own=303),
    "GET /kommune/breve/fortryd": everybody(303),
    "POST /kommune/breve/{message_id}/hent": staff("V", own=404, other=404),
    "GET /kommune/breve/{message_id}/hent": everybody(303),
    "POST /kommune/breve/{message_id}/printet": staff("V", own=404, other=404),
    "GET /kommune/breve/{message_id}/printet": everybody(303),
    "POST /kommune/breve/{message_id}/igen": staff("V", own=404, other=404),
    "GET /kommune/breve/{message_id}/igen": everybody(303),
    "POST /kommune/breve/{message_id}/drop": staff("V", own=303, other=303),
    "GET /kommune/breve/{message_id}/drop": everybody(303),
    "GET /kommune/standard": staff("M"),
    "POST /kommune/standard": staff("M", own=400),
    "GET /kommune/opgaver": staff("VM"),
    "GET /kommune/tal": staff("VM"),
    "GET /kommune/tal/{name}.csv": staff("VM", own=404),
    "POST /kommune/opgaver/fordel": staff("V", own=303),
    "GET /kommune/opgaver/fordel": everybody(303),
    "POST /kommune/opgaver/breve": staff("V", own=303),
    "GET /kommune/opgaver/breve": everybody(303),
    "POST /kommune/opgaver/breve/lav": staff("V", own=303),
    "GET /kommune/opgaver/breve/lav": everybody(303),
    "GET /kommune/opslag": staff("M"),
    "GET /kommune/opslag/udtraek": everybody(303),
    "POST /kommune/opslag/udtraek": staff("M"),
    "GET /kommune/rapporter": staff("VM"),
    "GET /kommune/rapporter/igen": everybody(303),
    "POST /kommune/rapporter/igen": staff("VM", own=303),
    "GET /kommune/rapporter/{report_id}": staff("VM"),
    "GET /kommune/rapporter/{report_id}/igen": everybody(303),
    "POST /kommune/rapporter/{report_id}/igen": staff("VM", own=303),
    "GET /kommune/rapporter/{report_id}/drop": everybody(303),
    "POST /kommune/rapporter/{report_id}/drop": staff("VM", own=303, fields={"grund": "x"}),
    "GET /kommune/opbevaring": staff("M"),
    "GET /kommune/kanaler": staff("M"),
    "GET /kommune/kanaler/{kind}": everybody(303),
    "POST /kommune/kanaler/{kind}": staff("M", own=404),
    "GET /kommune/kanaler/noegle": everybody(303),
    "POST /kommune/kanaler/noegle": staff("M", own=404),
    "GET /kommune/kanaler/{kind}/hvil": everybody(303),
    "POST /kommune/kanaler/{kind}/hvil": staff("M", own=404),
    "GET /kommune/kanaler/{kind}/proev": everybody(303),
    "POST /kommune/kanaler/{kind}/proev": staff("M", own=404),
    "GET /klinik": staff("OPT"),
    "GET /klinik/tider": staff("OP"),
    "GET /klinik/tider/syg": staff("OP"),
    "GET /klinik/tider/lukkedage": staff("OP"),
    "POST /klinik/tider/lukkedage": staff("OP", own=400, fields={"sted": "{site}"}),
    "GET /klinik/tider/faste": staff("OP"),
    "GET /klinik/tider/ny": everybody(303),
    "POST /klinik/tider/ny": staff("OP", own=400, fields={"sted": "{site}"}),
    "GET /klinik/tider/luk": everybody(303),
    "POST /klinik/tider/luk": staff("OP", own=303, fields={"sted": "{site}"}),
    "GET /klinik/tider/aabn": everybody(303),
    "POST /klinik/tider/aabn": staff("OP", own=303, fields={"sted": "{site}"}),
    "GET /klinik/tider/faste/se": everybody(303),
    "POST /klinik/tider/faste/se": staff("OP", own=400, fields={"sted": "{site}"}),
    "GET /klinik/tider/faste/gem": everybody(303),
    "POST /klinik/tider/faste/gem": staff("OP", own=400, fields={"sted": "{site}"}),
    "GET /klinik/tider/uger": staff("OP"),
    "GET /klinik/tider/uger/se": everybody(303),
    "POST /klinik/tider/uger/se": staff("OP", own=400, fields={"sted": "{site}"}),
    "GET /klinik/tider/uger/gem": everybody(303),
    "POST /klinik/tider/uger/gem": staff("OP", own=400, fields={"sted": "{site}"}),
    # A closed day has no times left for the rows before.
    "POST /klinik/tider/syg": staff("OP", own=303, fields={"sted": "{site}"}),
    "GET /klinik/tilmeld": everybody(),
    # Without a way to send e-mail nobody is registered.
    "POST /klinik/tilmeld": everybody(),
    "GET /klinik/tilmeldt": everybody(),
    "GET /klinik/steder": staff("OP"),
    "POST /klinik/steder/rigtigt": staff("OP", own=303, fields={"sted": "{site}"}),
    "GET /klinik/steder/rigtigt": everybody(303),
    "GET /klinik/steder/nyt": staff("O"),
    "POST /klinik/steder/nyt": staff("O", own=400),
    "GET /klinik/steder/{site_id}": staff("OP"),
    "GET /klinik/steder/{site_id}/oplysninger": staff("O"),
    "POST /klinik/steder/{site_id}/oplysninger": staff("O", own=400),
    "GET /klinik/steder/{site_id}/personale": staff("O"),
    "POST /klinik/steder/{site_id}/personale": staff("O", own=400),
    "POST /klinik/steder/{site_id}/personale/fjern": staff("O", own=404),
    "GET /klinik/steder/{site_id}/personale/fjern": staff("O", own=404),
    "GET /klinik/steder/{site_id}/ansoeg": staff("O"),
    "POST /klinik/steder/{site_id}/ansoeg": staff("O", own=400),
    "GET /klinik/godkendelser": staff("OP"),
    "GET /klinik/godkendelser/{approval_id}": staff("OP"),
    # It is approved, so there is nothing to answer.
    "POST /klinik/godkendelser/{approval_id}": staff("O", own=409, fields={"note": "x"}),
    "GET /klinik/bevis/{evidence_id}": staff("O"),
    "GET /klinik/steder/{site_id}/kalender": staff("O"),
    "POST /klinik/steder/{site_id}/kalender": staff("O"),
    "GET /klinik/steder/{site_id}/kalender/fjern": everybody(303),
    "POST /klinik/steder/{site_id}/kalender/fjern": staff("O", own=303),
    "GET /kalender/{name}": everybody(404),
    "GET /klinik/tider/lister": staff("OP"),
    "GET /klinik/tider/lister/hent/{name}": staff("OP", own=404),
    "GET /klinik/tider/lister/steder": everybody(303),
    "POST /klinik/tider/lister/steder": staff("O", own=400),
    "GET /klinik/tider/lister/tider": everybody(303),
    "POST /klinik/tider/lister/tider": staff("OP", own=400),
    "GET /klinik/i-dag": staff("OPT"),
    "GET /klinik/ikke-meddelt": staff("OPT"),
    "GET /klinik/opkald": staff("OP"),
    "GET /klinik/opkald/slut": everybody(303),
    "POST /klinik/opkald/slut": staff("OP", own=404, fields={"opkald": "0"}),
    "GET /klinik/forloeb": staff("OPT"),
    "GET /klinik/forloeb/{plan_id}": staff("OPT"),
    "GET /klinik/forloeb/{plan_id}/flyt": staff("OP"),
    "POST /klinik/forloeb/{plan_id}/flyt": staff("OP", own=400),
    "GET /klinik/forloeb/{plan_id}/modtaget": everybody(303),
    "POST /klinik/forloeb/{plan_id}/modtaget": staff("OP", own=409),
    "GET /klinik/forloeb/{plan_id}/kan-ikke": everybody(303),
    "POST /klinik/forloeb/{plan_id}/kan-ikke": staff("OP", own=400),
    "GET /klinik/forloeb/{plan_id}/afvis": everybody(303),
    "POST /klinik/forloeb/{plan_id}/afvis": staff("OP", own=400),
    "GET /klinik/forloeb/{plan_id}/giv-tilbage": everybody(303),
    "POST /klinik/forloeb/{plan_id}/giv-tilbage": staff("OP", own=409),
    "GET /klinik/forloeb/{plan_id}/aftal": everybody(303),
    "POST /klinik/forloeb/{plan_id}/aftal": staff("OP", own=400),
    "GET /klinik/forloeb/{plan_id}/flyt/over": everybody(303),
    "POST /klinik/forloeb/{plan_id}/flyt/over": staff("OP", own=400),
    "GET /klinik/forloeb/{plan_id}/begyndt": everybody(303),
    "POST /klinik/forloeb/{plan_id}/begyndt": staff("OT", own=409),
    "GET /klinik/forloeb/{plan_id}/kontakt": everybody(303),
    "POST /klinik/forloeb/{plan_id}/kontakt": staff("OT", own=400),
    "GET /klinik/forloeb/{plan_id}/udeblevet": everybody(303),
    "POST /klinik/forloeb/{plan_id}/udeblevet": staff("OT", own=409),
    "GET /klinik/forloeb/{plan_id}/niveau": everybody(303),
    "POST /klinik/forloeb/{plan_id}/niveau": staff("OT", own=400),
    "GET /klinik/forloeb/{plan_id}/stop": everybody(303),
    "POST /klinik/forloeb/{plan_id}/stop": staff("OT", own=400),
    "GET /klinik/forloeb/{plan_id}/afslut": everybody(303),
    "POST /klinik/forloeb/{plan_id}/afslut": staff("OT", own=400),
    "GET /aftaler": staff("A"),
    "GET /aftaler/udloeber": staff("A"),
    "GET /aftaler/glemte": staff("A"),
    "GET /aftaler/autorisationer": staff("A"),
    "GET /aftaler/steder": staff("A"),
    "GET /aftaler/steder/{site_id}": staff("A"),
    "POST /aftaler/steder/{site_id}/tilsyn": staff("A", own=303, fields={"tilsyn": "x"}),
    "GET /aftaler/steder/{site_id}/tilsyn": everybody(303),
    "POST /aftaler/steder/{site_id}/autorisation": staff("A", own=404),
    "GET /aftaler/steder/{site_id}/autorisation": everybody(303),
    "GET /aftaler/godkendelser/{approval_id}": staff("A"),
    # No such decision, so nothing is decided.
    "POST /aftaler/godkendelser/{approval_id}/{decision}": staff("A", own=404),
    "GET /aftaler/godkendelser/{approval_id}/{decision}": everybody(303),
    "GET /aftaler/bevis/{evidence_id}": staff("A"),
    "GET /aftaler/filer": staff("A"),
    "GET /aftaler/filer/hent/{name}": staff("A", own=404),
    "GET /aftaler/filer/godkendelser": everybody(303),
    "POST /aftaler/filer/godkendelser": staff("A", own=400),
    "GET /drift": staff("D"),
    "GET /api/v1/openapi.json": everybody(),
    "GET /api/v1/matches": everybody(400, program=200, key=401, clinic_key=401),
    "GET /api/v1/packages": everybody(),
    "GET /api/v1/figures": everybody(),
    "GET /api/v1/figures/{name}.csv": everybody(404),
    "GET /api/v1/postal-codes": everybody(400),
    "POST /api/v1/bookings": program(201, other=409, slot_id="{slot}"),
    "GET /api/v1/bookings/{booking_id}": program(),
    "POST /api/v1/bookings/{booking_id}/move": program(slot_id="{slot}"),
    "DELETE /api/v1/bookings/{booking_id}": program(),
    "GET /api/v1/reports": key(),
    "POST /api/v1/reports/acknowledgements": key(400),
    "POST /api/v1/plans": key(422),
    "POST /api/v1/inbound": key(202),
    "GET /api/v1/sites/{site_id}/slots": clinic_key(),
    # Nothing is sent with it.
    "PUT /api/v1/sites/{site_id}/slots": clinic_key(415, other=415),
    "GET /fhir/metadata": everybody(),
    "GET /fhir/Organization": everybody(),
    "GET /fhir/Organization/{id}": everybody(404),
    "GET /fhir/Location": everybody(),
    "GET /fhir/Location/{id}": everybody(404),
    "GET /fhir/HealthcareService": everybody(),
    "GET /fhir/HealthcareService/{id}": everybody(404),
    "GET /fhir/Schedule": everybody(),
    "GET /fhir/Schedule/{id}": everybody(404),
    "GET /fhir/Slot": everybody(),
    "GET /fhir/Slot/{id}": everybody(404),
    # What cannot be asked for twice comes last.
    "POST /min-tid/aflys": citizen(303, booking="{booking}"),
    "GET /healthz": everybody(),
    "GET /readyz": everybody(503),
}
