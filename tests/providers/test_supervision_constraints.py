"""Behind every rule of applications, evidence and a site's history stands the database's own, under a name."""

from datetime import date

import asyncpg
import pytest

from providers.database import execute, fetch_value
from providers.models import Approval, ApprovalState, Practitioner
from tests.support.rows import undone
from tests.support.worlds import KNEE_BASIC, a_site, an_approval

pytestmark = pytest.mark.usefixtures("clean_world")

EVENT = "INSERT INTO site_event (site_id, approval_id, kind, at, actor, reason) SELECT site_id, id,"
EVIDENCE = "INSERT INTO evidence (approval_id, name, kind, content, size, uploaded_at, actor) SELECT id, 'a',"
BAD_ROWS = {
    "approval_one_open_application": "INSERT INTO approval (site_id, package_level_id, state, valid_from)"
    " SELECT site_id, 5, x.state, '2026-01-01' FROM approval CROSS JOIN (VALUES ('applied'), ('returned')) x (state)",
    "approval_no_overlap": "INSERT INTO approval (site_id, package_level_id, state, valid_from)"
    " SELECT site_id, package_level_id, 'approved', '2030-01-01' FROM approval",
    "approval_period": "UPDATE approval SET valid_to = valid_from - 1",
    "practitioner_authorisation_form": "UPDATE practitioner SET authorisation_id = 'AEIOU'",
    "practitioner_therapist_authorised": "UPDATE practitioner SET authorisation_id = NULL",
    "practitioner_once_per_site": "INSERT INTO practitioner (site_id, name, profession, role, authorisation_id)"
    " SELECT site_id, 'En til', '5151', 'assistant', authorisation_id FROM practitioner",
    "site_door_width_reasonable": "UPDATE site SET door_width_cm = 5",
    "site_modes_known": "UPDATE site SET modes = '{individual, carrier_pigeon}'",
    "site_point_in_this_part_of_the_world": "UPDATE site SET longitude = 55, latitude = 12",
    "site_event_has_actor": f"{EVENT} 'applied', now(), '', '' FROM approval",
    "site_event_has_reason": f"{EVENT} 'suspended', now(), 'approver:1', '' FROM approval",
    "site_event_of_an_approval": "INSERT INTO site_event (site_id, kind, at, actor)"
    " SELECT site_id, 'approved', now(), 'approver:1' FROM approval",
    "evidence_size": f"{EVIDENCE} 'pdf', '', 0, now(), 'a' FROM approval",
    "evidence_kind_known": f"{EVIDENCE} 'exe', 'MZ', 2, now(), 'a' FROM approval",
}


@pytest.mark.parametrize("constraint", BAD_ROWS)
async def test_the_bad_row_meets_its_constraint(constraint: str) -> None:
    await a_site()
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as broken:
        await execute(BAD_ROWS[constraint])
    assert broken.value.constraint_name == constraint


@pytest.mark.parametrize("change", ["UPDATE site_event SET id = id", "DELETE FROM site_event"])
async def test_what_was_decided_stands(change: str) -> None:
    await a_site()
    await execute(f"{EVENT} 'approved', now(), 'approver:1', '' FROM approval")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with undone():
            await execute(f"SET LOCAL ROLE genvej_app; {change}")
    with pytest.raises(asyncpg.RestrictViolationError, match="site_event is append-only"):
        await execute(change)


async def test_what_may_be_there_twice_is_taken() -> None:
    """An earlier application and an earlier colleague do not stand in a new one's way."""
    site = await a_site()
    await an_approval(site, KNEE_BASIC, valid_from=date(2030, 1, 1), state=ApprovalState.APPLIED)
    await execute("UPDATE practitioner SET withdrawn_at = now()")
    person = await Practitioner.get(site_id=site.pk)
    await Practitioner.create(
        site_id=site.pk, name="En", profession="5151", role="therapist", authorisation_id=person.authorisation_id
    )
    assert await fetch_value("SELECT count(*) FROM practitioner") == 2
    assert await Approval.filter(site_id=site.pk).count() == 2
