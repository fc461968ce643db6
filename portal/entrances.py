"""Which room a role works in: where it arrives after signing in, and whose frame the pages of all rooms wear."""

from collections.abc import Mapping

from portal.agreements.room import ROOM as AGREEMENTS
from portal.clinic.room import ROOM as CLINIC
from portal.municipality.room import ROOM as MUNICIPALITY
from portal.operating.room import ROOM as OPERATING
from portal.rooms import Room
from providers.roles import Role

ROOMS: Mapping[Role, Room] = {
    Role.VISITATOR: MUNICIPALITY,
    Role.MANAGER: MUNICIPALITY,
    Role.CLINIC_OWNER: CLINIC,
    Role.PLANNER: CLINIC,
    Role.THERAPIST: CLINIC,
    Role.APPROVER: AGREEMENTS,
    Role.OPERATOR: OPERATING,
}
