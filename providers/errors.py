"""The base of every error that a person may read.

The tree (each class stands beside the rule that raises it)::

    GenvejError
    ├── Busy                          providers/errors.py
    │   ├── RegisteredMeanwhile       matching/registering.py
    │   └── SignInBusy                providers/accounts/errors.py
    ├── ArrivalUnknown                matching/intake/listing.py
    ├── OutsideDenmark                providers/geography.py
    ├── ApprovalError                 providers/approving/errors.py
    ├── SheetError                    providers/sheets/errors.py
    ├── SiteUnknown, FactsUnreadable and what is wrong with one field   providers/sites/errors.py
    ├── CvrInvalid, CvrTaken          providers/municipalities.py
    ├── CvrOfMunicipality, ProviderNameMissing, TooManyRegistrations   matching/registering.py
    ├── TargetRefused                 providers/outgoing.py
    ├── ReportDelivered, ReportForgotten, ReportUnknown   matching/reports/remedies.py
    ├── KindOfAnother, RuleInvalid, RuleStands   matching/retention/rules.py
    ├── VaultKeyInvalid               providers/vault.py
    ├── FormatUnknown, ResourceUnknown, TooMuchToCount   portal/fhir/errors.py
    ├── AccountUnknown, EmailInvalid, EmailTaken, InvitationInvalid   providers/accounts/errors.py
    ├── IdentityElsewhere, IdentityNotTied, IdentityTaken, InvitationElsewhere   same
    ├── MembershipExists, MembershipUnknown, NameInvalid, NotPermitted, OrganisationUnknown, TotpNotBegun   same
    ├── PasswordUnfit                 providers/accounts/errors.py
    │   └── PasswordGuessable, PasswordLeaked, PasswordTooLong, PasswordTooShort
    ├── KeyRefused, KeyScopeMissing, KeyScopesUnfit, KeyUnknown   providers/api_keys.py
    ├── RoleMisplaced                 providers/accounts/posts.py
    ├── SignInRefused                 providers/accounts/errors.py
    │   └── CredentialsWrong, SecondFactorWrong, TooManySignIns
    ├── BookingError                  matching/booking/errors.py
    │   ├── AlreadyBooked, BookingUnknown, ChangeTooLate, GuaranteeLossNotAccepted, IdempotencyKeyReused
    │   └── SlotNotBookable, SlotTaken, TimePassed, WaitingNotPossible
    ├── CallError                     matching/calling/errors.py
    │   └── CallAskedAlready, CallNotNeeded, CallUnknown, SiteCannotHelp
    ├── WatchError                    matching/watching/errors.py
    │   └── NothingToWaitFor, NowhereToTell, TooManyWatches
    ├── WishesContradict              matching/finding/contradictions.py
    ├── CapacityError                 matching/capacity/errors.py
    │   ├── PatternAcrossMidnight, PatternOverlaps, PatternPackageUnknown, PatternUnknown
    │   ├── PatternUnreadable, PatternWithoutRoom
    │   ├── PeriodTurned
    │   │   └── ClosureTurned
    │   ├── PatternsStand, SeatsBooked, TimeOfPattern, TimesBooked, TimesChanged, TimesTooMany
    │   └── OwnSiteUnknown, TimeOver
    ├── CourseError                   matching/course/errors.py
    │   ├── ContactImpossible, CourseChanged, CourseClosed, NotYet, OverbookingUnexplained, ReasonUnknown
    │   └── NoteMissing
    │       └── NoteTooLong
    ├── PlanNotReady                  matching/finding/terms.py
    │   └── PlanElsewhere             matching/finding/terms.py
    ├── MessageOver, MessageUnknown   matching/messages/remedies.py
    ├── StopUnknown                   matching/messages/contacts.py
    ├── MobileInvalid                 matching/messages/contacts.py
    │   └── PhoneInvalid              matching/messages/contacts.py
    ├── IdentityRefused               portal/identity/errors.py
    ├── EntryRefused                  matching/entry.py
    │   ├── CodeUnknown, FactorWrong
    │   └── TooManyAttempts
    ├── CodeMistyped                  matching/codes.py
    │   └── AccessCodeMistyped        matching/codes.py
    ├── IllegalTransition             matching/states.py
    ├── StopReasonMissing             matching/states.py
    └── StopReasonNotAllowed          matching/states.py
"""

from typing import ClassVar

from providers.words import N_


class GenvejError(Exception):
    """`code` is a stable slug for programs, `message` the Danish msgid, `details` fill its placeholders.

    Details may be shown and logged, so they never hold a code, a name or a CPR number. `constraint` names the
    database's own check behind the rule: a transaction that breaks it raises this error.
    """

    code: ClassVar[str] = "error"
    message: ClassVar[str] = ""
    constraint: ClassVar[str | None] = None
    by_constraint: ClassVar[dict[str, type["GenvejError"]]] = {}

    def __init_subclass__(cls) -> None:
        if own := cls.__dict__.get("constraint"):
            GenvejError.by_constraint[own] = cls

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details


class Busy(GenvejError):
    """A lock was not to be had in time; the same request may simply be made again."""

    code = "busy"
    message = N_("Der er mange, der vælger tid lige nu. Prøv igen om et øjeblik.")
