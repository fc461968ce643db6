"""The country of the journeys: near Copenhagen one site of each kind, around Aarhus more than a page of them.

Every journey takes the first time that is free, so there are times enough for all of them.
"""

from datetime import timedelta
from typing import Any

from tests.support.worlds import AMAGER, CITY_HALL, HOME, NOW, a_site

OWN, CONTRACT, ELSEWHERE, PRIVATE = "Centrum", "Amagerklinikken", "Nabokommunen", "Privatklinikken"
FREDERIKSBERG, AARHUS = "0147", (10.2100, 56.1500)
FAR_SITES = 12
SOON = NOW + timedelta(days=2)
_TIMES = [SOON + timedelta(days=day, hours=hour) for day in range(9) for hour in range(4)]


async def a_country() -> None:
    """Sites as people meet them: with all facts, and with few."""
    facts: dict[str, Any] = {"step_free": True, "lift": True, "phone": "00 00 00 00", "web": "centrum.example"}
    await a_site(name=OWN, at=CITY_HALL, slots=_TIMES, languages=["da", "en"], **facts)
    await a_site("private", contract_with=HOME, name=CONTRACT, at=AMAGER, slots=_TIMES)
    await a_site(name=ELSEWHERE, municipality=FREDERIKSBERG, at=(12.5300, 55.6800), slots=_TIMES)
    await a_site("private", name=PRIVATE, at=(12.5800, 55.6700), slots=_TIMES)
    for number in range(FAR_SITES):
        at = (AARHUS[0] + number / 100, AARHUS[1])
        await a_site(name=f"Aarhus {number:02}", municipality="0751", postal_code_id="8000", at=at, slots=[SOON])
