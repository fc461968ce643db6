"""Whether the issuers that people sign in at are there, and are what the settings say."""

from datetime import datetime

from portal.doctor.findings import Finding, judged
from portal.identity.calling import issuer_client
from portal.identity.errors import IssuerSilent
from portal.identity.publication import faults_in, read_publication
from portal.settings import Settings
from portal.settings_issuers import IssuerKind, IssuerSettings
from providers.database import fetch_value


async def check_issuers(settings: Settings, now: datetime) -> Finding:
    """Each is asked for its description and its keys."""
    faults: list[str] = []
    async with issuer_client(settings.targets) as client:
        for key, issuer in settings.issuers.items():
            try:
                await read_publication(issuer, client, now)
            except IssuerSilent as error:
                says = " ".join(faults_in(error)) or f"It cannot be reached at {issuer.url}. See to its __URL."
                faults.append(f"{key}: {says}")
    return judged("issuers", faults, ", ".join(map(_named, settings.issuers.values())) or "none are set")


async def check_businesses(settings: Settings) -> Finding:
    """Staff are let in by their municipality's business number, so there must be one."""
    needed = any(issuer.kind is IssuerKind.STAFF for issuer in settings.issuers.values())
    known = int(await fetch_value("SELECT count(*) FROM municipality WHERE cvr IS NOT NULL"))
    faults = ["No municipality has a business number. Run: genvej municipality-cvr"] if needed and not known else []
    return judged("businesses", faults, f"{known} municipalities have a business number")


def _named(issuer: IssuerSettings) -> str:
    return f"{issuer.name} ({issuer.kind.value})"
