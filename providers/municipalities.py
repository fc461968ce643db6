"""What an operator enters about a municipality, because no public list at hand has it."""

from providers.accounts.errors import OrganisationUnknown
from providers.database import transaction
from providers.errors import GenvejError
from providers.identifiers import is_cvr
from providers.models import Municipality
from providers.words import N_


class CvrInvalid(GenvejError):
    code = "cvr_invalid"
    message = N_("CVR-nummeret har 8 cifre, og det sidste er et kontrolciffer. Se efter, om det er skrevet rigtigt.")


class CvrTaken(GenvejError):
    code = "cvr_taken"
    message = N_("En anden kommune har det CVR-nummer.")
    constraint = "municipality_cvr_once"


async def set_cvr(code: str, cvr: str) -> str:
    """Enter a municipality's business number; the answer is its official name.

    Raises CvrInvalid, OrganisationUnknown or CvrTaken.
    """
    if not is_cvr(cvr):
        raise CvrInvalid
    municipality = await Municipality.get_or_none(code=code)
    if municipality is None:
        raise OrganisationUnknown
    async with transaction():
        await Municipality.filter(code=code).update(cvr=cvr)
    return municipality.official_name
