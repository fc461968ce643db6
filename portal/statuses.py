"""From an error to its HTTP status: one table."""

from collections.abc import Mapping

from matching.booking.errors import (
    AlreadyBooked,
    BookingUnknown,
    ChangeTooLate,
    GuaranteeLossNotAccepted,
    IdempotencyKeyReused,
    SlotNotBookable,
    SlotTaken,
    TimePassed,
    WaitingNotPossible,
)
from matching.calling.errors import CallAskedAlready, CallNotNeeded, CallUnknown, SiteCannotHelp
from matching.capacity.errors import (
    OwnSiteUnknown,
    PatternOverlaps,
    PatternsStand,
    PatternUnknown,
    TimesBooked,
    TimesChanged,
    TimesTooMany,
    WeeklyStartsTwice,
)
from matching.cases import PlanUnknown
from matching.casework.errors import CaseChanged, CourseUnderWay, NoOffer, NothingToOffer, OfferStands, PlanThere
from matching.codes import CodeMistyped
from matching.course.errors import CourseChanged, CourseClosed, NotYet
from matching.entry import CodeUnknown, FactorWrong, TooManyAttempts
from matching.finding.terms import PlanElsewhere, PlanNotReady
from matching.intake.listing import ArrivalUnknown
from matching.messages.contacts import StopUnknown
from matching.messages.remedies import MessageOver, MessageUnknown
from matching.registering import CvrOfMunicipality, TooManyRegistrations
from matching.reports.channels import ChannelUnknown
from matching.reports.remedies import ReportUnknown
from matching.standards import StandardChanged
from matching.states import IllegalTransition
from matching.watching.errors import NothingToWaitFor, TooManyWatches
from portal.access_errors import CodeNeeded, FactorNeeded, IdentityNeeded, PlanNotChosen, ReadOnly
from portal.admission import PostChanged, PostNeeded, SignInNeeded
from portal.api.errors import BodyNotJson, ContentTypeWrong, RequestInvalid
from portal.api.figures import FigureUnknown
from portal.api.keys import KeyNeeded
from portal.api.plans import PlansUnreadable
from portal.api.slots import PreconditionNeeded, SlotsStand
from portal.encryption import EncryptionNeeded
from portal.fhir.errors import FormatUnknown, ResourceUnknown, TooMuchToCount
from portal.identity.errors import (
    AnswerRefused,
    ClaimMissing,
    IssuerSilent,
    OrganisationStrange,
    TooFewFactors,
)
from portal.traffic import TooManyRequests
from portal.uploads.errors import UploadTooLarge
from portal.whose_form import OtherPlanOpen
from providers.accounts.errors import (
    AccountUnknown,
    CredentialsWrong,
    EmailTaken,
    IdentityElsewhere,
    IdentityNotTied,
    IdentityTaken,
    InvitationElsewhere,
    InvitationInvalid,
    MembershipExists,
    MembershipUnknown,
    NotPermitted,
    OrganisationUnknown,
    ResetByAnother,
    ResetInvalid,
    SecondFactorWrong,
    TooManySignIns,
)
from providers.api_keys import KeyRefused, KeyScopeMissing, KeyUnknown
from providers.approving.errors import (
    AlreadyApplied,
    ApprovalsOverlap,
    ApprovalUnknown,
    DecisionNotPossible,
    EvidenceUnknown,
    PractitionerUnknown,
)
from providers.errors import Busy, GenvejError
from providers.sites.errors import AlreadyOnStaff, SiteUnknown

STATUS: Mapping[type[GenvejError], int] = {
    AccountUnknown: 404,
    AlreadyApplied: 409,
    AlreadyBooked: 409,
    AlreadyOnStaff: 409,
    AnswerRefused: 401,
    ApprovalsOverlap: 409,
    ApprovalUnknown: 404,
    ArrivalUnknown: 404,
    BodyNotJson: 400,
    BookingUnknown: 404,
    Busy: 503,
    CallAskedAlready: 409,
    CallNotNeeded: 409,
    CallUnknown: 404,
    CaseChanged: 409,
    ChangeTooLate: 409,
    ChannelUnknown: 404,
    ClaimMissing: 403,
    CourseChanged: 409,
    CourseClosed: 409,
    CourseUnderWay: 409,
    CodeMistyped: 400,
    CodeNeeded: 401,
    CodeUnknown: 401,
    ContentTypeWrong: 415,
    CredentialsWrong: 401,
    CvrOfMunicipality: 409,
    DecisionNotPossible: 409,
    EmailTaken: 409,
    EncryptionNeeded: 403,
    EvidenceUnknown: 404,
    FactorNeeded: 401,
    FactorWrong: 401,
    FormatUnknown: 406,
    FigureUnknown: 404,
    GuaranteeLossNotAccepted: 409,
    IdempotencyKeyReused: 422,
    IdentityElsewhere: 403,
    IdentityNeeded: 401,
    IdentityNotTied: 409,
    IdentityTaken: 409,
    IllegalTransition: 409,
    InvitationElsewhere: 403,
    InvitationInvalid: 404,
    IssuerSilent: 503,
    KeyNeeded: 401,
    KeyRefused: 401,
    KeyScopeMissing: 403,
    KeyUnknown: 404,
    MembershipExists: 409,
    MembershipUnknown: 404,
    MessageOver: 409,
    MessageUnknown: 404,
    NoOffer: 409,
    NotPermitted: 403,
    NothingToOffer: 409,
    NothingToWaitFor: 409,
    OfferStands: 409,
    NotYet: 409,
    OrganisationStrange: 403,
    OrganisationUnknown: 404,
    SiteCannotHelp: 409,
    WeeklyStartsTwice: 409,
    PatternOverlaps: 409,
    PatternUnknown: 404,
    PatternsStand: 409,
    OwnSiteUnknown: 404,
    PlanElsewhere: 409,
    PlanNotChosen: 409,
    PlanNotReady: 409,
    PlanThere: 409,
    PlanUnknown: 404,
    PlansUnreadable: 422,
    PostChanged: 409,
    OtherPlanOpen: 409,
    PostNeeded: 403,
    PreconditionNeeded: 428,
    PractitionerUnknown: 404,
    ReadOnly: 503,
    ReportUnknown: 404,
    RequestInvalid: 400,
    ResourceUnknown: 404,
    ResetByAnother: 409,
    ResetInvalid: 404,
    SecondFactorWrong: 401,
    SignInNeeded: 401,
    SiteUnknown: 404,
    SlotNotBookable: 409,
    SlotTaken: 409,
    SlotsStand: 409,
    StandardChanged: 409,
    StopUnknown: 404,
    TimePassed: 409,
    TimesBooked: 409,
    TimesChanged: 412,
    TimesTooMany: 422,
    TooFewFactors: 403,
    TooMuchToCount: 403,
    TooManyAttempts: 429,
    TooManyRegistrations: 429,
    TooManyRequests: 429,
    TooManyWatches: 409,
    TooManySignIns: 429,
    UploadTooLarge: 413,
    WaitingNotPossible: 409,
}


def status_of(error: type[GenvejError]) -> int:
    """The HTTP status of an error, by its nearest ancestor in the table; 400 when it has none."""
    return next((STATUS[kind] for kind in error.__mro__ if kind in STATUS), 400)


def status_after(error: GenvejError | None) -> int:
    """The HTTP status of a form's page, shown again with the error or for the first time without one."""
    return status_of(type(error)) if error else 200
