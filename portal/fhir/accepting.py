"""In which form a program wants its answer: JSON of FHIR 4.0, for there is no other here (FHIR R4, 3.1.0.1.11)."""

from starlette.requests import Request

from portal.fhir.errors import FormatUnknown

MEDIA_TYPE = "application/fhir+json"
_NAMES = frozenset({MEDIA_TYPE, "application/json", "text/json", "json"})
_RANGES = _NAMES | {"application/*", "*/*"}
_VERSIONS = frozenset({"4.0", "4.0.1"})


def check_form(request: Request) -> None:
    """`_format` goes before `Accept`; raises FormatUnknown."""
    if named := request.query_params.get("_format"):
        # A plus in an address that nobody has quoted arrives as a space.
        wanted = named.replace(" ", "+")
        if not _is_ours(wanted, _NAMES):
            raise FormatUnknown
        return
    accepted = ",".join(request.headers.getlist("Accept"))
    if accepted.strip() and not any(_is_ours(one, _RANGES) for one in accepted.split(",")):
        raise FormatUnknown


def is_strict(request: Request) -> bool:
    """Whether what we do not know is to be refused (`Prefer: handling=strict`), rather than passed over."""
    preferences = ",".join(request.headers.getlist("Prefer")).lower()
    return "handling=strict" in {one.strip() for one in preferences.replace(";", ",").split(",")}


def _is_ours(text: str, known: frozenset[str]) -> bool:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    given = dict(parameter.partition("=")[::2] for parameter in parameters)
    if given.get("q", "1").strip("0.") == "":
        return False
    return name in known and given.get("fhirversion", "4.0").strip('"') in _VERSIONS
