"""The issuer's word that a visit rests on, if it does, and what that word is good for."""

from collections.abc import Collection
from typing import Any

from providers.accounts import StaffMember
from providers.sessions import Visit

BY = "by"
"""In a visit's data: `{"issuer": …}`, for the staff with `organisations`, for a citizen with the numbers of `plans`."""


def issuer_behind(visit: Visit) -> str | None:
    """The key of the issuer that the person came by."""
    word = visit.data.get(BY)
    return str(word["issuer"]) if word else None


def for_work_at(issuer: str, organisations: Collection[str]) -> dict[str, Any]:
    """The word about somebody who works for a business: it opens posts at its organisations and nowhere else."""
    return {"issuer": issuer, "organisations": sorted(organisations)}


def for_plans(issuer: str, plans: Collection[int]) -> dict[str, Any]:
    """The word about a citizen: it opens all of their plans."""
    return {"issuer": issuer, "plans": list(plans)}


def covers(visit: Visit, member: StaffMember) -> bool:
    """Whether a post can be used in this visit: any, if it rests on a password."""
    word = visit.data.get(BY)
    return not word or member.post.organisation in word.get("organisations", ())


def own_plans(visit: Visit) -> list[int]:
    """The plans of a citizen who came by an issuer; none for everybody else."""
    return list((visit.data.get(BY) or {}).get("plans", ()))
