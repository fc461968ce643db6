"""Applications and decisions: who may take which step, what is written down, and that offers obey at the commit."""

from datetime import date, timedelta

import pytest

from providers.accounts import Post
from providers.actors import Actor
from providers.approving import (
    Decision,
    EvidenceFile,
    Period,
    answer,
    apply,
    check_authorisation,
    decide,
    ending_approvals,
    evidence_of,
    open_applications,
    read_approval,
    read_evidence,
    remark,
    site_history,
)
from providers.approving.applying import MOST_FILES
from providers.approving.deciding import STEPS
from providers.approving.errors import (
    AlreadyApplied,
    ApprovalsOverlap,
    ApprovalUnknown,
    DecisionNotPossible,
    EvidenceUnknown,
    PackageUnknown,
    PeriodBackwards,
    PractitionerUnknown,
    ReasonMissing,
    StartMissing,
    TooMuchEvidence,
)
from providers.database import fetch_value
from providers.models import Approval, ApprovalState, Evidence, Practitioner, Site, SiteEvent
from providers.roles import Role
from providers.sites.errors import SiteUnknown
from tests.support.invariants import assert_invariants
from tests.support.worlds import KNEE_BASIC, NOW, TODAY, VAULT, a_practitioner, a_provider, a_site, an_approval

pytestmark = pytest.mark.usefixtures("clean_world")

APPROVER = Actor("account:1", Role.APPROVER)
KNEE_ADVANCED = KNEE_BASIC + 1
FIRST, LAST = TODAY - timedelta(days=1), TODAY + timedelta(days=90)
PAPER = EvidenceFile("kursus", "pdf", b"%PDF-1.4 %%EOF")


def owner_of(site: Site) -> Actor:
    post = Post(Role.CLINIC_OWNER, provider=site.provider_id)
    return Actor("account:2", post.role, post.organisation, post.scope)


async def apply_for(site: Site, level: int = KNEE_ADVANCED, *, files: tuple[EvidenceFile, ...] = (PAPER,)) -> int:
    who = owner_of(site)
    return await apply(site.pk, level, wished_from=FIRST, note="Vi kan.", files=files, actor=who, now=NOW, vault=VAULT)


async def offers(site: Site) -> int:
    """How many offers the site has, once nothing is broken."""
    await assert_invariants(NOW)
    return int(await fetch_value("SELECT count(*) FROM offer WHERE site_id = $1", site.pk))


async def take(approval: int, decision: Decision, *, reason: str = "Fordi.", period: Period | None = None) -> None:
    await decide(approval, decision, reason=reason, period=period, actor=APPROVER, now=NOW)


async def test_a_new_provider_s_application_is_approved_and_matched_at_once() -> None:
    provider = await a_provider("private")
    site = await a_site(provider=provider, package_levels=(), slots=[NOW + timedelta(days=2)])
    number = await apply_for(site)
    waiting = await open_applications(ApprovalState.APPLIED, limit=10)
    assert [(one.id, one.files, one.applied_at, one.level) for one in waiting] == [(number, 1, NOW, "advanced")]
    assert await offers(site) == 0
    await take(number, Decision.APPROVE, reason="", period=Period(FIRST, LAST))
    assert await offers(site) == 1
    assert await fetch_value("SELECT basis FROM agreement WHERE provider_id = $1", provider.pk) == "extended"
    newest, oldest = await site_history(site.pk)
    assert (newest.kind, newest.actor, newest.valid_from, newest.valid_to) == (
        "approved",
        "approver:account:1",
        FIRST,
        LAST,
    )
    assert (oldest.kind, oldest.actor, oldest.reason) == ("applied", "clinic_owner:account:2", "Vi kan.")


async def test_what_is_suspended_is_hidden_at_once_and_comes_back() -> None:
    site = await a_site("private", slots=[NOW + timedelta(days=2)])
    approval = await Approval.get(site_id=site.pk)
    assert await offers(site) == 1
    await take(approval.pk, Decision.SUSPEND)
    assert await offers(site) == 0
    await take(approval.pk, Decision.RESUME, reason="")
    assert await offers(site) == 1
    await take(approval.pk, Decision.WITHDRAW)
    assert await offers(site) == 0
    assert [one.kind for one in await site_history(site.pk)] == ["withdrawn", "resumed", "suspended"]


async def test_a_returned_application_is_answered_and_waits_anew() -> None:
    site = await a_site("private")
    number = await apply_for(site)
    await take(number, Decision.RETURN, reason="  Vis et bevis.  ")
    later = NOW + timedelta(days=3)
    with pytest.raises(ReasonMissing):
        await answer(number, note=" ", files=[], actor=owner_of(site), now=later, vault=VAULT)
    await answer(number, note="", files=[PAPER], actor=owner_of(site), now=later, vault=VAULT)
    (one,) = await open_applications(ApprovalState.APPLIED, limit=10)
    assert (one.applied_at, one.files) == (later, 2)
    assert [event.reason for event in await site_history(site.pk, number)] == ["", "Vis et bevis.", "Vi kan."]
    with pytest.raises(DecisionNotPossible):
        await answer(number, note="Igen", files=[], actor=owner_of(site), now=later, vault=VAULT)


@pytest.mark.parametrize("state", ApprovalState)
async def test_every_other_step_is_refused_and_changes_nothing(state: ApprovalState) -> None:
    site = await a_site("private", package_levels=())
    approval = await an_approval(site, state=state)
    for decision in [decision for decision, step in STEPS.items() if state not in step.before]:
        with pytest.raises(DecisionNotPossible):
            await take(approval.pk, decision, period=Period(FIRST))
    assert (await Approval.get(id=approval.pk)).state is state
    assert await SiteEvent.all().count() == 0


async def test_overlapping_days_are_refused_whatever_the_way() -> None:
    site = await a_site("private", package_levels=())
    earlier = await an_approval(site, KNEE_BASIC, valid_from=date(2020, 1, 1), valid_to=TODAY)
    number = await apply_for(site, KNEE_BASIC)
    with pytest.raises(ApprovalsOverlap):
        await take(number, Decision.APPROVE, period=Period(TODAY, None))
    assert (await Approval.get(id=number)).state is ApprovalState.APPLIED
    await take(number, Decision.APPROVE, period=Period(TODAY + timedelta(days=1), None))
    with pytest.raises(ApprovalsOverlap):
        await take(earlier.pk, Decision.APPROVE, period=Period(date(2020, 1, 1), LAST))


@pytest.mark.parametrize(
    ("decision", "reason", "period", "error"),
    [
        (Decision.APPROVE, "", Period(None, LAST), StartMissing),
        (Decision.APPROVE, "", Period(LAST, FIRST), PeriodBackwards),
        (Decision.RETURN, " \n", None, ReasonMissing),
        (Decision.REJECT, "", None, ReasonMissing),
    ],
)
async def test_what_a_decision_lacks(
    decision: Decision, reason: str, period: Period | None, error: type[Exception]
) -> None:
    number = await apply_for(await a_site("private"))
    with pytest.raises(error):
        await take(number, decision, reason=reason, period=period)
    assert (await Approval.get(id=number)).state is ApprovalState.APPLIED


async def test_what_an_application_lacks_leaves_nothing_behind() -> None:
    site, other = await a_site("private"), await a_site("private")
    number = await apply_for(site)
    with pytest.raises(AlreadyApplied):
        await apply_for(site)
    with pytest.raises(PackageUnknown):
        await apply_for(site, 9999)
    with pytest.raises(TooMuchEvidence):
        await apply_for(site, KNEE_BASIC, files=(PAPER,) * (MOST_FILES + 1))
    with pytest.raises(SiteUnknown):
        await apply(site.pk, 8, wished_from=FIRST, note="", files=[], actor=owner_of(other), now=NOW, vault=VAULT)
    assert await Approval.filter(state=ApprovalState.APPLIED).values_list("id", flat=True) == [number]
    assert await Evidence.all().count() == 1


async def test_papers_are_for_the_approver_and_the_site_s_own_people_only() -> None:
    site, other = await a_site("private"), await a_site("private")
    number = await apply_for(site)
    paper = await Evidence.get(approval_id=number)
    assert VAULT.open(paper.content) == PAPER.content, "it is sealed where it lies"
    assert [kept.size for kept in await evidence_of(number)] == [len(PAPER.content)]
    for actor in (APPROVER, owner_of(site)):
        assert await read_evidence(paper.id, actor, VAULT) == ("kursus", "pdf", PAPER.content)
        assert (await read_approval(number, actor)).id == number
    for stranger in (owner_of(other), Actor("account:3", Role.VISITATOR), Actor("account:4", Role.OPERATOR)):
        with pytest.raises(EvidenceUnknown):
            await read_evidence(paper.id, stranger, VAULT)
        with pytest.raises(ApprovalUnknown):
            await read_approval(number, stranger)
    with pytest.raises(ApprovalUnknown):
        await answer(number, note="Vores", files=[], actor=owner_of(other), now=NOW, vault=VAULT)


async def test_a_therapist_counts_when_the_authorisation_was_looked_up() -> None:
    site = await a_site("private", profession=None, slots=[NOW + timedelta(days=2)])
    person = await a_practitioner(site, checked_at=None)
    assert await offers(site) == 0
    assert await check_authorisation(person.pk, actor=APPROVER, now=NOW) == site.pk
    assert await offers(site) == 1
    await Practitioner.filter(id=person.pk).update(withdrawn_at=NOW)
    with pytest.raises(PractitionerUnknown):
        await check_authorisation(person.pk, actor=APPROVER, now=NOW)


async def test_a_remark_is_history_and_needs_words() -> None:
    site = await a_site("private")
    await remark(site.pk, "Set på stedet.", actor=APPROVER, now=NOW)
    with pytest.raises(ReasonMissing):
        await remark(site.pk, " ", actor=APPROVER, now=NOW)
    with pytest.raises(SiteUnknown):
        await remark(0, "x", actor=APPROVER, now=NOW)
    assert [(one.kind, one.reason) for one in await site_history(site.pk)] == [("remark", "Set på stedet.")]


async def test_what_ends_and_what_nothing_follows() -> None:
    site, within = await a_site("private", package_levels=()), timedelta(days=60)
    last, followed, applied, far = [
        await an_approval(site, level, valid_to=TODAY + timedelta(days=days))
        for level, days in ((4, 60), (5, 7), (6, 0), (7, 61))
    ]
    assert far
    await an_approval(site, 5, valid_from=TODAY + timedelta(days=8))
    assert [one.id for one in await ending_approvals(TODAY, within)] == [applied.pk, last.pk]
    await apply_for(site, 6)
    assert [one.id for one in await ending_approvals(TODAY, within)] == [last.pk]
    assert await ending_approvals(TODAY, within, provider_id=site.provider_id + 1) == []
    assert followed
