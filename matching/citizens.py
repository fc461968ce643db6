"""The citizen behind a plan: sealed at rest, opened only where somebody acts for or as the citizen."""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from providers.scope import Scope
from providers.vault import Vault


@dataclass(frozen=True, slots=True)
class Citizen:
    """Who the plan is about. `cpr` ten digits; `address_protected` = the address may be shown to nobody."""

    cpr: str
    name: str
    date_of_birth: date
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    address_protected: bool = False


_CITIZEN = TypeAdapter(Citizen)


def seal_citizen(citizen: Citizen, vault: Vault) -> bytes:
    """The bytes that the plan keeps."""
    return vault.seal(_CITIZEN.dump_json(citizen))


def open_citizen(sealed: bytes, vault: Vault) -> Citizen:
    """The citizen again. Whoever calls this writes an audit entry."""
    return _CITIZEN.validate_json(vault.open(sealed))


def cpr_digest(cpr: str, vault: Vault) -> str:
    """Under which a new plan is found by CPR number, without storing that in clear."""
    return vault.digest("cpr", cpr)


def cpr_digests(cpr: str, vault: Vault) -> list[str]:
    """Under which plans are found that are there already: one for each lookup key that is accepted."""
    return vault.digests("cpr", cpr)


def citizen_scope(cpr: str, vault: Vault) -> Scope:
    """All plans of the citizen, under whatever key they are found."""
    return Scope(citizen=",".join(cpr_digests(cpr, vault)))
