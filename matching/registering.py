"""A new provider registers itself by its business number, and its first owner is invited by mail.

The mail proves the address; that they may deliver anything, the approver says later. The answer is the same whether
or not somebody has registered already: then those who are there are told of it, and nobody else.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from matching.messages.invitations import OWNER_INVITED, invite_by_mail
from matching.messages.queue import Draft, queue_message
from matching.models import Channel, Recipient
from providers.accounts import AccountPolicy, Post
from providers.accounts.errors import NameInvalid
from providers.accounts.people import clean_email, clean_name
from providers.actors import SYSTEM
from providers.attempts import Budget, spend
from providers.clock import local_date
from providers.database import transaction
from providers.errors import Busy, GenvejError
from providers.identifiers import is_cvr
from providers.models import Membership, Municipality, Provider, ProviderKind
from providers.municipalities import CvrInvalid
from providers.roles import Role
from providers.vault import Vault
from providers.words import N_

ALREADY_REGISTERED = "already_registered"

# A mail goes out each time, so neither a sender nor an address may cause many.
_SENDER_TRIES, _ADDRESS_TRIES, _PAUSE, _FORGET = 5, 3, timedelta(minutes=10), timedelta(hours=6)


class CvrOfMunicipality(GenvejError):
    code: ClassVar[str] = "cvr_of_municipality"
    message: ClassVar[str] = N_(
        "Det er en kommunes CVR-nummer. Kommunens egne steder bliver oprettet af os. Ring, så gør vi det sammen."
    )


class RegisteredMeanwhile(Busy):
    """Somebody else has registered the same number in this very moment."""

    code: ClassVar[str] = "registered_meanwhile"
    message: ClassVar[str] = N_("Nogen har lige tilmeldt det samme CVR-nummer. Prøv igen om et øjeblik.")
    constraint = "provider_cvr_once"


class ProviderNameMissing(GenvejError):
    code: ClassVar[str] = "provider_name_missing"
    message: ClassVar[str] = N_("Skriv klinikkens navn, som det står i CVR-registret.")


class TooManyRegistrations(GenvejError):
    """`details["wait"]` is the time to wait, as a timedelta."""

    code: ClassVar[str] = "too_many_registrations"
    message: ClassVar[str] = N_("Der er sendt for mange tilmeldinger herfra. Vent lidt, og prøv igen, eller ring.")


async def register(
    cvr: str, name: str, email: str, *, sender: str, now: datetime, vault: Vault, policy: AccountPolicy
) -> None:
    """Register a private provider, unless it is there; `sender` is where the form comes from.

    Raises CvrInvalid, CvrOfMunicipality, ProviderNameMissing, EmailInvalid, TooManyRegistrations or, rarely,
    RegisteredMeanwhile.
    """
    number = "".join(cvr.split())
    if not is_cvr(number):
        raise CvrInvalid
    called, address = _name(name), clean_email(email)
    if await Municipality.exists(cvr=number):
        raise CvrOfMunicipality
    await _spend(sender, address, now, vault)
    async with transaction():
        provider, _ = await Provider.get_or_create({"name": called, "kind": ProviderKind.PRIVATE}, cvr=number)
        owners = await _owners(provider, now)
        if owners:
            await _tell(owners, now)
        else:
            # Whoever takes an earlier invitation first is the owner; until then anybody may ask for another.
            post = Post(Role.CLINIC_OWNER, provider=provider.pk)
            await invite_by_mail(address, post, OWNER_INVITED, actor=SYSTEM, now=now, vault=vault, policy=policy)


async def _spend(sender: str, address: str, now: datetime, vault: Vault) -> None:
    for budget in (
        Budget(f"register:{vault.digest('address', sender)}", _SENDER_TRIES, _PAUSE, _FORGET),
        Budget(f"register_to:{vault.digest('register', address)}", _ADDRESS_TRIES, _PAUSE, _FORGET),
    ):
        if wait := (await spend(budget, now)).wait:
            raise TooManyRegistrations(wait=wait)


async def _owners(provider: Provider, now: datetime) -> list[int]:
    """The accounts of whoever answers for it now."""
    held = Membership.filter(provider_id=provider.pk, role=Role.CLINIC_OWNER, account__disabled_at=None)
    return [row.account_id for row in await held if row.ended_at is None or row.ended_at > now]


async def _tell(owners: list[int], now: datetime) -> None:
    """Once a day is enough, however often somebody tries."""
    for account in owners:
        once = f"{ALREADY_REGISTERED}:{account}:{local_date(now)}"
        draft = Draft(once, ALREADY_REGISTERED, Channel.EMAIL, Recipient.ACCOUNT, account=account)
        await queue_message(draft, now=now)


def _name(text: str) -> str:
    try:
        return clean_name(text)
    except NameInvalid as error:
        raise ProviderNameMissing from error
