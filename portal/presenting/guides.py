"""What the guide says that depends on the date."""

from collections.abc import Sequence

from portal.language import Language
from portal.presenting import dates
from providers.authorities import Charge
from providers.models import AuthorityKind


def charge_words(charges: Sequence[Charge], spoken: Language) -> list[str]:
    """Who answers for a type of plan now, and who does later, if that is known."""
    now = [_now(charge, spoken) for charge in charges[:1]]
    return now + [_later(charge, spoken) for charge in charges[1:]]


def _now(charge: Charge, spoken: Language) -> str:
    if charge.kind is AuthorityKind.REGION:
        return spoken.say("Det er din region, der har ansvaret.")
    return spoken.say("Det er din kommune, der har ansvaret.")


def _later(charge: Charge, spoken: Language) -> str:
    date = dates.short_date(charge.valid_from, spoken)
    if charge.kind is AuthorityKind.REGION:
        return spoken.say("Fra %(date)s er det din region.", date=date)
    return spoken.say("Fra %(date)s er det din kommune.", date=date)
