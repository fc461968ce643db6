"""Who acts in a visit that has a plan open, when it is not the citizen: somebody who helps, or a caseworker.

Whoever helps has the letter's codes, and says their own name with the second factor. A caseworker, on the telephone
with the citizen, opens the citizen's own pages for a case of their municipality; no code is needed for that, and the
post is asked for at every page.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass

from providers.actors import Actor, helping_citizen
from providers.sessions import Visit
from providers.vault import Vault

_HELPER, _ASSISTING = "helper", "assisting"
_OF_THE_CITIZEN = ("plan", "verified", "slot", "moving", "search", "transport", "typed", _HELPER, _ASSISTING)


@dataclass(frozen=True, slots=True)
class Assistance:
    """The post by which the caseworker opened the citizen's pages, and the case as the municipality calls it."""

    membership_id: int
    case_reference: str


def keep_helper(visit: Visit, name: str, vault: Vault) -> None:
    """Remember who helps. A visit holds no name in plain."""
    visit.data[_HELPER] = b64encode(vault.seal(name.encode())).decode()


def helper_of(visit: Visit, vault: Vault) -> Actor | None:
    """Whoever helps the citizen in this visit."""
    sealed = visit.data.get(_HELPER)
    return helping_citizen(vault.open(b64decode(sealed)).decode()) if sealed else None


def assistance_of(visit: Visit) -> Assistance | None:
    """The caseworker's assistance, if the visit is one."""
    kept = visit.data.get(_ASSISTING)
    return Assistance(*kept) if kept else None


def begin_assistance(visit: Visit, plan_id: int, assistance: Assistance) -> None:
    """Open the citizen's own pages; what another citizen had open here is closed."""
    end_assistance(visit)
    kept = [assistance.membership_id, assistance.case_reference]
    visit.data |= {"plan": plan_id, "verified": True, _ASSISTING: kept}


def end_assistance(visit: Visit) -> None:
    """Close them; the caseworker stays signed in."""
    for name in _OF_THE_CITIZEN:
        visit.data.pop(name, None)
