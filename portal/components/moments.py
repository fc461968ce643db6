"""A day on which all samples are true, and a time that is held on it. Nothing here asks what time it is."""

from datetime import date

from matching.plan_facts import Level, PlanFacts, PlanType
from portal.presenting.holding import Held

TODAY = date(2026, 11, 16)
HELD = Held(
    # A name of one long word must not make a narrow window wider.
    sentence="Vi holder tiden mandag den 23. november kl. 10.30 hos "
    "Skulderoghåndgenoptræningskoordinationscenteret (demo) til dig indtil kl. 10.45.",
    seconds=900,
    soon="Der er mindre end 3 minutter tilbage.",
    over="Vi holder ikke længere tiden til dig.",
)


def plan_facts(discharged: date) -> PlanFacts:
    """An ordinary plan of somebody who left the hospital on that day."""
    return PlanFacts(
        PlanType.GENERAL, Level.BASIC, "01-kirurgisk", discharged, None, None, None, None, handed_to_municipality=False
    )
