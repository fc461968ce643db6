"""The registry's tables. The ORM finds every model through this package."""

from providers.models.access import AttemptBudget, Session
from providers.models.accounts import Account, AccountReset, Invitation, Membership, RecoveryCode, ResetKind
from providers.models.api_keys import ApiKey, ApiScope
from providers.models.calendar_feeds import CalendarFeed
from providers.models.capacity import Offer, OfferKind, Slot, SlotMode
from providers.models.geography import (
    Authority,
    AuthorityKind,
    Municipality,
    MunicipalityRegion,
    PostalCode,
    Region,
    TransportThreshold,
)
from providers.models.opening import Closure, ClosureKind, OpeningPattern
from providers.models.operations import Heartbeat, Milestone
from providers.models.organisations import (
    Agreement,
    AgreementBasis,
    Practitioner,
    PractitionerRole,
    Provider,
    ProviderKind,
    Site,
)
from providers.models.packages import Approval, ApprovalState, Package, PackageLevel, PackageSource, Track
from providers.models.prices import PackagePrice, PartRule, SettlementRule
from providers.models.standards import MunicipalityStandard
from providers.models.supervision import LARGEST_EVIDENCE, Evidence, SiteEvent, SiteEventKind

__all__ = [
    "LARGEST_EVIDENCE",
    "Account",
    "AccountReset",
    "Agreement",
    "AgreementBasis",
    "ApiKey",
    "ApiScope",
    "Approval",
    "ApprovalState",
    "AttemptBudget",
    "Authority",
    "AuthorityKind",
    "CalendarFeed",
    "Closure",
    "ClosureKind",
    "Evidence",
    "Heartbeat",
    "Invitation",
    "Membership",
    "Milestone",
    "Municipality",
    "MunicipalityRegion",
    "MunicipalityStandard",
    "Offer",
    "OfferKind",
    "OpeningPattern",
    "Package",
    "PackageLevel",
    "PackagePrice",
    "PackageSource",
    "PartRule",
    "PostalCode",
    "Practitioner",
    "PractitionerRole",
    "Provider",
    "ProviderKind",
    "RecoveryCode",
    "Region",
    "ResetKind",
    "Session",
    "SettlementRule",
    "Site",
    "SiteEvent",
    "SiteEventKind",
    "Slot",
    "SlotMode",
    "Track",
    "TransportThreshold",
]
