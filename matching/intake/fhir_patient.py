"""The citizen of a FHIR bundle. KL's profile allows a number only; other senders say more."""

from matching.intake.bundles import Resource, identifier_of, items, text_at
from matching.intake.draft import Draft
from matching.intake.texts import clean

_CPR = "urn:oid:1.2.208.176.1.2"
_X_ECPR = "urn:oid:1.2.208.176.1.6.1.1"
_D_ECPR = "urn:oid:1.2.208.176.1.6.1.3"
_NUMBERS = (_CPR, _X_ECPR, _D_ECPR, *(f"{_D_ECPR}.{region}" for region in (177, 179, 181, 183, 187)))
"""dk-core: the civil registration number, and what stands in for it."""

_MUNICIPALITY = "dk-core-municipality-codes"
_PROTECTED = "R"
"""The confidentiality label of a protected name and address."""


def add_patient(draft: Draft, patient: Resource) -> None:
    """Put into the draft what the bundle says of the citizen."""
    address = next(iter(items(patient, "address")), None)
    draft.cpr = identifier_of(patient, *_NUMBERS)
    draft.birth_date = text_at(patient, "birthDate")
    draft.name = _name(patient)
    draft.postal_code = clean(text_at(address, "postalCode"))
    draft.address = _address(address)
    draft.residence = _residence(address)
    draft.phone, draft.email = _reached_by(patient, "phone")[:40], _reached_by(patient, "email")
    draft.address_protected = any(text_at(label, "code") == _PROTECTED for label in items(_meta(patient), "security"))


def _meta(patient: Resource) -> object:
    return patient.get("meta")


def _name(patient: Resource) -> str:
    name = next(iter(items(patient, "name")), None)
    parts = [*map(str, items(name, "given")), text_at(name, "family")]
    return clean(" ".join(parts)) or clean(text_at(name, "text"))


def _address(address: object) -> str:
    town = clean(f"{text_at(address, 'postalCode')} {text_at(address, 'city')}")
    return ", ".join(filter(None, (*map(clean, map(str, items(address, "line"))), town)))


def _residence(address: object) -> str:
    """The municipality's code, where the address has dk-core's extension for it."""
    for found in items(address, "extension"):
        for coding in items(next(iter(items(found, "valueCodeableConcept")), None), "coding"):
            if text_at(coding, "system").endswith(_MUNICIPALITY):
                return text_at(coding, "code")
    return clean(text_at(address, "district"))


def _reached_by(patient: Resource, system: str) -> str:
    ways = (way for way in items(patient, "telecom") if text_at(way, "system") == system)
    return clean(text_at(next(ways, None), "value"))
