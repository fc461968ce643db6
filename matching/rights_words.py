"""The reasons of `matching.rights` in words a citizen reads: short, kind, and never a code.

The sentences are gettext msgids. `%(date)s` is the door's `opens_on`, formatted by the presenter.
"""

from collections.abc import Mapping
from types import MappingProxyType

from matching.rights import Reason
from providers.words import N_

REASON_WORDS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.ALWAYS_OPEN: N_("Du kan altid vælge din egen kommunes tilbud."),
        Reason.GUARANTEE_FALLS_AWAY: N_(
            "Du kan vælge et genoptræningssted i en anden kommune. Stedet kan sige nej, hvis der ikke er plads, "
            "og fristen på 7 dage gælder ikke længere."
        ),
        Reason.CANNOT_OFFER: N_(
            "Du kan vælge et privat sted fra %(date)s, fordi din kommune ikke kan tilbyde dig en tid inden for fristen."
        ),
        Reason.OFFERED_TOO_LATE: N_(
            "Du kan vælge et privat sted fra %(date)s, fordi din kommunes tilbud ligger efter fristen."
        ),
        Reason.DEADLINE_PASSED: N_(
            "Du kan vælge et privat sted fra %(date)s, fordi fristen gik, uden at din kommune havde tilbudt dig en tid."
        ),
        Reason.OPENS_LATER: N_(
            "Du kan vælge et privat sted fra %(date)s, hvis din kommune ikke tilbyder dig en tid inden for fristen."
        ),
        Reason.OFFERED_IN_TIME: N_("Din kommune har tilbudt dig en tid inden for fristen på 7 dage."),
        Reason.LEVEL_MISSING: N_(
            "Du har ret til at vælge et privat sted. Din kommune mangler at afgøre, om din genoptræning er basal eller "
            "avanceret. Ring gerne til kommunen."
        ),
        Reason.PACKAGE_MISSING: N_(
            "Du har ret til at vælge et privat sted. Din kommune mangler at afgøre, hvilken genoptræning du skal have. "
            "Ring gerne til kommunen."
        ),
        Reason.HANDED_TO_MUNICIPALITY: N_(
            "Du har valgt et sted i en anden kommune. Derfor kan du ikke vælge et privat sted samtidig."
        ),
        Reason.SPECIALISED: N_(
            "Din genoptræning foregår på et sygehus. Du har frit sygehusvalg og kan ringe til sygehuset om dine "
            "muligheder."
        ),
        Reason.SPECIALISED_REHABILITATION: N_(
            "Du skal have rehabilitering på specialiseret niveau. Den kan ikke vælges her endnu. Ring til din kommune."
        ),
        Reason.PLAN_CLOSED: N_("Dit forløb er i gang eller afsluttet, så du kan ikke vælge et nyt sted her."),
    }
)
