"""From an adapter's texts to a typed plan, with everything that is wrong with it said at once."""

from datetime import date

from matching.intake.days import days_of
from matching.intake.directory import Directory
from matching.intake.draft import Draft
from matching.intake.findings import Finding, Problem
from matching.intake.incoming import EarlierPlan, IncomingPlan, Reading
from matching.intake.kinds import level_of, plan_type_of
from matching.intake.persons import citizen_of
from matching.intake.texts import holds_cpr
from matching.plan_facts import Level, PlanType

LONGEST_MESSAGE_ID = 80
_LONGEST_REFERENCE = 40


def check(draft: Draft, *, today: date, directory: Directory) -> Reading:
    """The plan, or why it cannot be one. `today` is the local day on which it came in."""
    if any(finding.problem.stops for finding in draft.findings):
        return Reading(None, tuple(draft.findings), _named(draft))
    _check_message_id(draft)
    municipality = _municipality(draft, directory)
    citizen, days = citizen_of(draft, today), days_of(draft, today)
    plan_type = _plan_type(draft)
    level = _level(draft, plan_type)
    plan = None
    if citizen and days and plan_type and not any(finding.problem.stops for finding in draft.findings):
        plan = IncomingPlan(
            message_id=draft.message_id,
            municipality=municipality,
            citizen=citizen,
            plan_type=plan_type,
            level=level,
            package=_package(draft, directory),
            discharge_date=days.discharge,
            received_on=days.received,
            earliest_start=days.earliest_start,
            offer_date=days.offer,
            offered_on=days.offered,
            case_reference=_case_reference(draft),
            residences=directory.residences(draft.residence, draft.postal_code),
            contents=draft.contents,
            earlier=EarlierPlan(*draft.earlier) if draft.earlier else None,
        )
    return Reading(plan, tuple(draft.findings), _named(draft), municipality)


def _named(draft: Draft) -> str | None:
    """The message id, where there is one that can be kept."""
    return draft.message_id if 0 < len(draft.message_id) <= LONGEST_MESSAGE_ID else None


def _check_message_id(draft: Draft) -> None:
    if not draft.message_id:
        draft.findings.append(Finding(Problem.MESSAGE_ID_MISSING))
    elif len(draft.message_id) > LONGEST_MESSAGE_ID:
        draft.findings.append(Finding(Problem.MESSAGE_ID_TOO_LONG))


def _municipality(draft: Draft, directory: Directory) -> str | None:
    """The first one that is known; whoever brings the message decides when none is."""
    said = [text for text in draft.municipality if text]
    found = next(filter(None, map(directory.municipality, said)), None)
    if said and found is None:
        draft.findings.append(Finding(Problem.MUNICIPALITY_UNKNOWN, _shown(said[0])))
    return found


def _plan_type(draft: Draft) -> PlanType | None:
    found = plan_type_of(draft.plan_type)
    if found is None:
        missing = Problem.PLAN_TYPE_UNKNOWN if draft.plan_type else Problem.PLAN_TYPE_MISSING
        draft.findings.append(Finding(missing))
    return found


def _level(draft: Draft, plan_type: PlanType | None) -> Level | None:
    """The municipality's decision, where a message carries it: also within the type, "almen, basal"."""
    level = level_of(draft.level or draft.plan_type)
    if draft.level and level is None:
        draft.findings.append(Finding(Problem.LEVEL_UNKNOWN))
    if level and plan_type and plan_type is not PlanType.GENERAL:
        draft.findings.append(Finding(Problem.LEVEL_NOT_FOR_TYPE))
        return None
    return level


def _package(draft: Draft, directory: Directory) -> str | None:
    found = directory.package(draft.package) if draft.package else None
    if draft.package and found is None:
        draft.findings.append(Finding(Problem.PACKAGE_UNKNOWN, _shown(draft.package)))
    return found


def _case_reference(draft: Draft) -> str | None:
    """The municipality's own number. It goes out in reports and on invoices, so it must not be a CPR number."""
    reference = draft.case_reference
    if len(reference) > _LONGEST_REFERENCE or holds_cpr(reference):
        draft.findings.append(Finding(Problem.REFERENCE_LEFT_OUT))
        return None
    return reference or None


def _shown(text: str) -> str:
    """What stands in the wrong place, short enough to read; nothing when it is a person's number."""
    return "" if holds_cpr(text) else text[:40]
