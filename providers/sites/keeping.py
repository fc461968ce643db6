"""Keeping a site's facts and its people up to date; what matching needs of it is right at the commit."""

from datetime import datetime

from providers.accounts.people import clean_name
from providers.actors import Actor
from providers.approving.errors import PractitionerUnknown
from providers.database import transaction
from providers.identifiers import is_authorisation_id
from providers.models import Practitioner, PractitionerRole, Site
from providers.offers import lock_offers, rebuild_offers
from providers.sites.errors import AuthorisationMissing, AuthorisationUnreadable, ProfessionMissing
from providers.sites.facts import Facts
from providers.sites.reading import own_site

PROFESSIONS = ("5151", "5153")
"""The authorisation register's groups whose people deliver rehabilitation: physio- and occupational therapists."""


async def add_site(facts: Facts, *, actor: Actor, now: datetime) -> int:
    """A new site of the actor's provider, without any approval; the answer is its number."""
    async with transaction(actor.scope):
        site = await Site.create(provider_id=actor.scope.provider, capacity_confirmed_at=now, **facts.columns())
    return int(site.pk)


async def change_site(site_id: int, facts: Facts, *, actor: Actor, now: datetime) -> None:
    """Raises SiteUnknown for a site that is not the actor's."""
    site = await own_site(site_id, actor)
    async with transaction(actor.scope):
        await lock_offers([site.pk])
        await Site.filter(id=site.pk).update(**facts.columns())
        await rebuild_offers(now, [site.pk])


async def add_person(
    site_id: int, *, name: str, profession: str, role: str, authorisation_id: str, actor: Actor, now: datetime
) -> None:
    """Somebody new on the staff. A therapist counts when the approver has looked the authorisation up.

    Raises SiteUnknown, NameInvalid, ProfessionMissing, AuthorisationMissing, AuthorisationUnreadable or AlreadyOnStaff.
    """
    site, person, number = await own_site(site_id, actor), clean_name(name), authorisation_id.strip().lower()
    if profession not in PROFESSIONS or role not in set(PractitionerRole):
        raise ProfessionMissing
    if number and not is_authorisation_id(number):
        raise AuthorisationUnreadable
    if role == PractitionerRole.THERAPIST and not number:
        raise AuthorisationMissing
    async with transaction(actor.scope):
        await Practitioner.create(
            site_id=site.pk,
            name=person,
            profession=profession,
            role=PractitionerRole(role),
            authorisation_id=number or None,
        )


async def remove_person(site_id: int, practitioner_id: int, *, actor: Actor, now: datetime) -> None:
    """Somebody has left; raises SiteUnknown or PractitionerUnknown. Without a therapist the site offers nothing."""
    site = await own_site(site_id, actor)
    async with transaction(actor.scope):
        await lock_offers([site.pk])
        there = Practitioner.filter(id=practitioner_id, site_id=site.pk, withdrawn_at=None)
        if not await there.update(withdrawn_at=now):
            raise PractitionerUnknown
        await rebuild_offers(now, [site.pk])
