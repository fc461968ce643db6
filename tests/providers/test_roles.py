"""The table of roles: whole, without holes, and without a citizen where there must be none."""

from datetime import timedelta

import pytest

from providers.roles import ROLES, SHOWS_CITIZENS, OrganisationKind, Permission, Role


def test_every_role_has_terms_and_every_permission_somebody() -> None:
    assert set(ROLES) == set(Role)
    assert frozenset().union(*(terms.permissions for terms in ROLES.values())) == frozenset(Permission)


@pytest.mark.parametrize("role", [Role.APPROVER, Role.OPERATOR])
def test_who_belongs_to_no_organisation_never_sees_a_citizen(role: Role) -> None:
    assert ROLES[role].organisation is OrganisationKind.NONE
    assert ROLES[role].permissions & SHOWS_CITIZENS == frozenset()


def test_only_an_organisation_of_its_own_shows_citizens() -> None:
    who = {role for role, terms in ROLES.items() if terms.permissions & SHOWS_CITIZENS}
    assert who == {Role.VISITATOR, Role.MANAGER, Role.CLINIC_OWNER, Role.PLANNER, Role.THERAPIST}


def test_the_municipality_and_the_clinic_share_nothing_about_citizens() -> None:
    at_municipality = ROLES[Role.VISITATOR].permissions | ROLES[Role.MANAGER].permissions
    at_clinic = ROLES[Role.CLINIC_OWNER].permissions | ROLES[Role.PLANNER].permissions
    assert at_municipality & at_clinic & SHOWS_CITIZENS == frozenset()


def test_appointing_goes_with_managing_members_and_stays_within_the_kind_of_organisation() -> None:
    for role, terms in ROLES.items():
        assert bool(terms.appoints) == (Permission.MANAGE_MEMBERS in terms.permissions), role
        if terms.organisation is not OrganisationKind.NONE:
            assert {ROLES[appointed].organisation for appointed in terms.appoints} <= {terms.organisation}


def test_no_visit_rests_longer_than_half_an_hour_or_lasts_longer_than_a_working_day() -> None:
    for role, terms in ROLES.items():
        assert timedelta() < terms.idle <= timedelta(minutes=30) < terms.absolute <= timedelta(hours=12), role
