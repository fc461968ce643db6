"""Two of everything: two citizens, two municipalities, two clinics, with one of each role at each of them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
from starlette.applications import Starlette

from matching.booking import book
from matching.models import Plan, Report
from portal.identity.word import BY, for_plans
from providers.accounts import AccountPolicy, Post, add_membership
from providers.actors import CITIZEN, SYSTEM
from providers.api_keys import make_key
from providers.models import Account, ApiKey, ApiScope, Approval, Evidence, Provider
from providers.roles import ROLES, OrganisationKind, Role
from providers.sessions import Limits, Visit, save_visit
from tests.support.apps import Clock, client_of, running_app
from tests.support.worlds import HOME, NOW, POLICY, VAULT, a_citizen, a_code, a_plan, a_site

OTHER = "0147"
LETTERS: Mapping[str, Role] = dict(zip("VMOPTAD", Role, strict=True))
COOKIE = "genvej"
_HOURS = Limits(timedelta(hours=1), timedelta(hours=1))

Objects = dict[str, str]
"""Kind of object → its number, as it stands in an address or a field."""


@dataclass(frozen=True)
class Person:
    """Somebody with what their visit knows; `letter` is a role, `side` 0 at home and 1 elsewhere."""

    name: str
    side: int
    letter: str = ""
    visit: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """As a row of the table names it: `staff`, or the first word of the name."""
        return "staff" if self.letter else self.name.split()[0]


@dataclass(frozen=True)
class World:
    """The people, and for each side its objects; what is a person's own comes before what is their side's."""

    app: Starlette
    client: httpx.AsyncClient
    people: list[Person]
    objects: tuple[Objects, Objects]
    own: dict[str, Objects]
    visits: dict[str, str] = field(default_factory=dict)
    """Person → the visit in which they are refused, again and again."""

    def objects_of(self, person: Person) -> Objects:
        return self.objects[person.side] | self.own.get(person.name, {})

    def objects_of_strangers(self, person: Person) -> Objects:
        """What somebody else's organisation has. To a role of no organisation only another's post is strange."""
        if not person.letter:
            return self.objects[1 - person.side]
        other = next(one for one in self.people if one.letter == person.letter and one.side != person.side)
        at_home_nowhere = ROLES[LETTERS[person.letter]].organisation is OrganisationKind.NONE
        return {"membership": self.own[other.name]["membership"]} if at_home_nowhere else self.objects_of(other)

    async def ask(
        self, person: Person, method: str, path: str, fields: Mapping[str, str], *, refused: bool = False
    ) -> httpx.Response:
        """One request. Who is let in comes in a visit of its own, so that nothing remains of the one before."""
        self.client.cookies.clear()
        if person.visit:
            if not refused or person.name not in self.visits:
                self.visits[person.name] = await save_visit(Visit(**{"created_at": NOW, **person.visit}), NOW, _HOURS)
            self.client.cookies.set(COOKIE, self.visits[person.name], domain="localhost.local")
        som = {"som": str(person.visit["membership_id"])} if person.letter else {}
        headers = {"Sec-Fetch-Site": "same-origin"} | (person.headers if path.startswith("/api/") else {})
        if method == "POST" and path.startswith("/api/"):
            numbers = {name: int(value) for name, value in fields.items()}
            return await self.client.post(path, json=numbers, headers=headers | {"Idempotency-Key": str(uuid4())})
        data = {**som, **fields} if method == "POST" else None
        return await self.client.request(method, path, data=data, headers=headers)


@asynccontextmanager
async def a_matrix_world(url: str) -> AsyncIterator[World]:
    """The world and the portal above it."""
    # Everybody comes from one address, and tries in vain more often than anybody should.
    patient = {"requests_per_minute": 0, "accounts": AccountPolicy(address_attempts=1000, account_attempts=1000)}
    async with running_app(url, Clock(), **patient) as app, client_of(app) as client:
        people, own = [Person("visitor", 0)], {}
        sides = [await _side(number, people, own) for number in range(2)]
        yield World(app, client, people, (sides[0], sides[1]), own)


async def _side(side: int, people: list[Person], own: dict[str, Objects]) -> Objects:
    """A municipality, a clinic, everybody who works there, and a citizen of theirs who has booked."""
    municipality = (HOME, OTHER)[side]
    ahead = [NOW + timedelta(days=days) for days in (2, 3)]
    site = await a_site("private", contract_with=municipality, slots=ahead)
    plan = await a_plan(municipality_id=municipality)
    slot = await site.slots.all().order_by("id").first()
    assert slot
    booking = await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await _citizens(side, plan, people)
    provider = await Provider.get(id=site.provider_id)
    for letter, role in LETTERS.items():
        await _member(side, letter, _post(role, municipality, provider), people, own)
    opened = set(ApiScope) - {ApiScope.SLOTS}
    _, text = await make_key("Prøve", opened, municipality=municipality, actor=SYSTEM, now=NOW, vault=VAULT)
    people.append(Person(f"key {side}", side, headers={"Authorization": f"Bearer {text}"}))
    _, text = await make_key("Prøve", {ApiScope.SLOTS}, provider=provider.pk, actor=SYSTEM, now=NOW, vault=VAULT)
    people.append(Person(f"clinic_key {side}", side, headers={"Authorization": f"Bearer {text}"}))
    # That a key was used is noted now and then, whatever it was used for.
    await ApiKey.all().update(last_used_at=NOW)
    report = await Report.get(plan_id=plan.id)
    approval = await Approval.get(site_id=site.pk)
    evidence = await Evidence.create(
        approval_id=approval.pk,
        name="bevis",
        kind="pdf",
        content=VAULT.seal(b"%PDF-"),
        size=5,
        uploaded_at=NOW,
        actor="clinic_owner:1",
    )
    numbers = {"plan": plan.id, "site": site.pk, "slot": slot.id, "booking": booking.id, "report": report.id}
    numbers |= {"approval": approval.pk, "evidence": evidence.id}
    return {kind: str(number) for kind, number in numbers.items()}


async def _citizens(side: int, plan: Plan, people: list[Person]) -> None:
    codes = await a_code(plan)
    asking = {"plan": plan.id}
    person = a_citizen()
    program = {
        "Authorization": f"Genvej {codes.code}",
        "Genvej-Access-Code": codes.access_code,
        "Genvej-Date-Of-Birth": str(person.date_of_birth),
    }
    people += [
        Person(f"code {side}", side, visit={"data": asking}),
        Person(f"citizen {side}", side, visit={"data": asking | {"verified": True}}),
        Person(f"mitid {side}", side, visit={"data": asking | {"verified": True, BY: for_plans("mitid", [plan.id])}}),
        Person(f"program {side}", side, headers=program),
    ]


async def _member(side: int, letter: str, post: Post, people: list[Person], own: dict[str, Objects]) -> None:
    name = f"{post.role} {side}"
    account = await Account.create(email=f"{post.role}{side}@kommune.example", name=name, created_at=NOW)
    membership = await add_membership(account.id, post, actor=SYSTEM, now=NOW)
    people.append(Person(name, side, letter, {"account_id": account.id, "membership_id": membership}))
    own[name] = {"membership": str(membership), "account": str(account.id)}


def _post(role: Role, municipality: str, provider: Provider) -> Post:
    match ROLES[role].organisation:
        case OrganisationKind.MUNICIPALITY:
            return Post(role, municipality=municipality)
        case OrganisationKind.PROVIDER:
            return Post(role, provider=provider.pk)
    return Post(role)
