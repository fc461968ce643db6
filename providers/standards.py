"""The standard that a municipality has set itself, as it stands on a day."""

from datetime import date

from providers.models import MunicipalityStandard


async def standard_of(municipality_code: str, day: date) -> MunicipalityStandard | None:
    """The version that is in force on the local day; None for a municipality that has published none."""
    versions = MunicipalityStandard.filter(municipality_id=municipality_code, valid_from__lte=day)
    return await versions.order_by("-valid_from", "-revision").first()
