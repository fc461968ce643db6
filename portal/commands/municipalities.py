"""`genvej municipality-cvr`: the business number by which an issuer names a municipality."""

import asyncio
from typing import Annotated

import typer

from portal.commands.place import DEFAULT_DATA, DataOption, database, fail
from portal.commands.showing import console
from providers.accounts.errors import OrganisationUnknown
from providers.database import connected
from providers.municipalities import CvrInvalid, CvrTaken, set_cvr


def municipality_cvr(
    code: Annotated[str, typer.Argument(help="The municipality's code, for instance 0101.")],
    cvr: Annotated[str, typer.Argument(help="Its business number (CVR), 8 digits.")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Enter a municipality's business number, so that its staff can come by an issuer."""
    with database(data) as url:
        try:
            console.print(f"{asyncio.run(_set(url, code, cvr))}: {cvr}")
        except CvrInvalid:
            fail(f"{cvr} is no business number: 8 digits, of which the last is a check digit.")
        except CvrTaken:
            fail(f"{cvr} is another municipality's.")
        except OrganisationUnknown:
            fail(f"{code} is no municipality. Codes have 4 digits, for instance 0101.")


async def _set(url: str, code: str, cvr: str) -> str:
    async with connected(url, pool_size=1):
        return await set_cvr(code, cvr)
