"""What a program is told when something went wrong: a problem document (RFC 9457), or FHIR's OperationOutcome."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.api.errors import FaultItem, Problem, RequestInvalid
from portal.fhir.accepting import MEDIA_TYPE
from portal.fhir.outcomes import outcome
from portal.language import Language, language_accepted
from portal.presenting.forms import sentence_of
from portal.programs import is_fhir
from portal.statuses import status_of
from providers.errors import GenvejError
from providers.words import N_

HTTP_WORDS = {
    400: N_("Vi kunne ikke læse det, du sendte. Gå tilbage, og prøv igen."),
    404: N_("Adressen kan være skrevet forkert, eller siden er flyttet."),
    405: N_("Det kan man ikke på denne side. Gå tilbage, og prøv igen derfra."),
    413: N_("Det, du sendte, er for stort. Gå tilbage, og vælg færre eller mindre filer."),
    414: N_("Adressen er for lang. Skriv den igen, eller begynd her."),
    403: N_("Forespørgslen kom fra en anden side og er afvist. Gå til forsiden, og prøv igen."),
    421: N_("Siden har en anden adresse. Skriv adressen, som den står i dit brev."),
    431: N_("Din browser sendte for meget med. Slet siden fra browserens cookies, og prøv igen."),
    503: N_("Det tog for lang tid. Prøv igen om lidt. Har du valgt en tid, så se først efter, om den er gemt."),
}
"""By the status with which the framework refuses a request, as a person reads it."""

_API_WORDS = {
    404: N_("Adressen findes ikke i API'et. Alle adresser står i /api/v1/openapi.json."),
    405: N_("Metoden kan ikke bruges på denne adresse."),
    414: N_("Adressen er for lang."),
    421: N_("Portalen har ikke det værtsnavn."),
    431: N_("Forespørgslens hoveder er for store."),
    503: N_("Det tog for lang tid og blev afbrudt. Prøv igen, en bestilling med den samme nøgle."),
}
_FHIR_WORDS = _API_WORDS | {404: N_("Adressen findes ikke. Hvad der kan spørges om, står i /fhir/metadata.")}

_CHALLENGE = 'Genvej realm="genvej"'
"""How a program shows its code: `Authorization: Genvej <code>`."""

_CHALLENGES = dict.fromkeys(("key_needed", "key_refused"), 'Bearer realm="genvej"')
"""By the problem's code: where an organisation's key is asked for."""


def problem_of(error: GenvejError, spoken: Language) -> Problem:
    """The error as a problem document (RFC 9457); the faults of a request are named one by one."""
    document = document_of(error.code, sentence_of(error, spoken), status_of(type(error)))
    if isinstance(error, RequestInvalid):
        document["errors"] = [
            FaultItem(place=fault.place, field=fault.field, detail=spoken.say(fault.message, field=fault.field))
            for fault in error.faults
        ]
        document["detail"] = document["errors"][0]["detail"]
    return document


def problem_of_http(status: int, spoken: Language, *, fhir: bool = False) -> Problem:
    """What a program is told when a request is refused before anything of ours has read it, or broken off."""
    words = (_FHIR_WORDS if fhir else _API_WORDS).get(status) or HTTP_WORDS.get(status, HTTP_WORDS[404])
    return document_of(f"http_{status}", spoken.say(words), status)


def document_of(code: str, words: str, status: int) -> Problem:
    """The least that every document says."""
    return Problem(type=f"urn:genvej:problem:{code}", title=words, status=status, code=code)


def problem_answer(request: Request, document: Problem, headers: Mapping[str, str]) -> Response:
    """The document in the form in which programs on this path read it."""
    asked = _CHALLENGES.get(document["code"], _CHALLENGE)
    challenge = {"WWW-Authenticate": asked} if document["status"] == 401 else {}
    spoken = {"Content-Language": spoken_by(request).code, "Vary": "Accept-Language"}
    status, all_headers = document["status"], {**headers, **challenge, **spoken}
    if is_fhir(request.scope["path"]):
        return JSONResponse(outcome(document), status, all_headers, media_type=MEDIA_TYPE)
    return JSONResponse(document, status, all_headers, media_type="application/problem+json")


def spoken_by(request: Request) -> Language:
    """A program says in a header which language it wants; a person has chosen it on a page."""
    return language_accepted(request.headers.get("Accept-Language", ""))
