"""What an adapter finds in a message, before anybody has asked whether it makes sense."""

from dataclasses import dataclass, field

from matching.contents import PlanContents
from matching.intake.findings import Finding
from matching.plan_facts import PlanLink


@dataclass(slots=True)
class Draft:
    """A plan's facts as texts; empty = not there. `municipality`: numbers and names, the most telling first.

    `earlier`: how the plan is linked, and the message id of the plan that it is linked to.
    """

    message_id: str = ""
    municipality: tuple[str, ...] = ()
    cpr: str = ""
    birth_date: str = ""
    name: str = ""
    address: str = ""
    postal_code: str = ""
    residence: str = ""
    phone: str = ""
    email: str = ""
    address_protected: bool = False
    plan_type: str = ""
    level: str = ""
    package: str = ""
    discharge: str = ""
    earliest_start: str = ""
    received: str = ""
    offer: str = ""
    offered: str = ""
    case_reference: str = ""
    earlier: tuple[PlanLink, str] | None = None
    contents: PlanContents = field(default_factory=PlanContents)
    findings: list[Finding] = field(default_factory=list)
