"""A day on which all samples are true, and a time that is held on it. Nothing here asks what time it is."""

from datetime import date

from portal.presenting.holding import Held

TODAY = date(2026, 11, 16)
HELD = Held(
    sentence="Vi holder tiden mandag den 23. november kl. 10.30 hos Stedet (demo) til dig indtil kl. 10.45.",
    seconds=900,
    soon="Der er mindre end 3 minutter tilbage.",
    over="Vi holder ikke længere tiden til dig.",
)
