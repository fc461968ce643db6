"""How long each controller keeps what. The law leaves that to the controller (GDPR article 5(1)(e)).

No public source names a period for a portal like this one, so the defaults are ours and say so: `demo`. Five years for
a case is the least for the patient records of therapists (BEK om autoriserede sundhedspersoners patientjournaler,
§ 15 stk. 2, by Sundhedsministeriet's answer to question 885 of 2016-17); whether a case is such a record is for the
municipality to say. What a municipality, or the portal's operator, decides is a dated row and takes a default's place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import ClassVar

from matching.audit import audit
from matching.models import RetentionRule
from matching.retention.kinds import OF_A_MUNICIPALITY, RetentionKind
from providers.actors import Actor
from providers.database import transaction
from providers.errors import GenvejError
from providers.words import N_

DEMO_SOURCE = "demo: no source names a period"
_YEAR = 365


class RuleStands(GenvejError):
    code: ClassVar[str] = "retention_rule_stands"
    constraint: ClassVar[str] = "retention_rule_once"
    message: ClassVar[str] = N_("Der er allerede en regel fra den dag. Vælg en senere dag.")


class RuleInvalid(GenvejError):
    code: ClassVar[str] = "retention_rule_invalid"
    constraint: ClassVar[str] = "retention_rule_days_in_a_century"
    message: ClassVar[str] = N_("Skriv et antal dage fra 0 til 36500, og hvor det er besluttet.")


class KindOfAnother(GenvejError):
    code: ClassVar[str] = "retention_kind_of_another"
    message: ClassVar[str] = N_("Den slags oplysninger er det portalen, der er dataansvarlig for, ikke kommunen.")


@dataclass(frozen=True, slots=True)
class Rule:
    """`days` are full days after the kind's clock began. A `demo` rule nobody has decided."""

    days: int
    source: str
    demo: bool


DEFAULTS: Mapping[RetentionKind, Rule] = MappingProxyType(
    {
        kind: Rule(days, DEMO_SOURCE, demo=True)
        for kind, days in {
            RetentionKind.CASE: 5 * _YEAR,
            RetentionKind.SILENT_CASE: 6 * _YEAR,
            RetentionKind.CODE: 30,
            RetentionKind.REPORT: 180,
            RetentionKind.REQUEST_KEY: 30,
            RetentionKind.LOOK: 5 * _YEAR,
            RetentionKind.ARRIVAL: 90,
            RetentionKind.ANSWER: 180,
            RetentionKind.MESSAGE: 180,
            RetentionKind.SESSION: 0,
            RetentionKind.INVITATION: 90,
            RetentionKind.ACCOUNT: _YEAR,
            RetentionKind.EVIDENCE: _YEAR,
        }.items()
    }
)


class RuleBook:
    """The rules of one day. A municipality's own comes before everybody's, and that before the default."""

    def __init__(self, decided: Iterable[RetentionRule]) -> None:
        """`decided` in the order of the days from which they are valid."""
        self._decided = {(row.municipality_id, row.kind): Rule(row.days, row.source, demo=False) for row in decided}

    def rule(self, kind: RetentionKind, municipality: str | None) -> Rule:
        own, everybody = self._decided.get((municipality, kind)), self._decided.get((None, kind))
        return own or everybody or DEFAULTS[kind]


async def rules_on(day: date) -> RuleBook:
    """What was decided up to that local day."""
    return RuleBook(await RetentionRule.filter(valid_from__lte=day).order_by("valid_from", "id"))


async def add_rule(
    kind: RetentionKind,
    days: int,
    *,
    municipality: str | None,
    valid_from: date,
    source: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down a decision. Earlier ones stay, for the nights in which they held.

    Raises RuleStands, RuleInvalid, or KindOfAnother for a municipality that decides about the portal's own data.
    """
    if municipality is not None and kind not in OF_A_MUNICIPALITY:
        raise KindOfAnother
    if not 0 <= days <= 36500 or not source.strip():
        raise RuleInvalid
    async with transaction():
        await RetentionRule.create(
            municipality_id=municipality,
            kind=kind,
            days=days,
            valid_from=valid_from,
            source=source.strip()[:200],
            decided_by=str(actor),
            decided_at=now,
        )
        await audit("retention_rule_added", actor=actor, now=now, purpose="retention", result=f"{kind.value} {days}")
