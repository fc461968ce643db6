"""The citizen is sealed at rest: no byte of the database tells who they are, and the keys can be changed."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import date

import pytest
from cryptography.fernet import Fernet, InvalidToken

from matching.citizens import Citizen, cpr_digest, open_citizen, seal_citizen
from matching.models import Plan
from providers.database import fetch_value
from providers.vault import Vault
from tests.support.worlds import VAULT, a_citizen, a_plan

OLD, NEW = urlsafe_b64encode(b"o" * 32).decode(), urlsafe_b64encode(b"n" * 32).decode()
LOOKUP = "the key of the hashes"


@pytest.mark.parametrize(
    "citizen",
    [
        a_citizen(),
        a_citizen(address_protected=True, address=None, phone=None, email=None),
        a_citizen(name="Åse Ærø-Øst \N{SMILING FACE WITH OPEN MOUTH}", date_of_birth=date(1904, 2, 29)),
    ],
)
def test_what_is_sealed_is_opened_as_it_was(citizen: Citizen) -> None:
    assert open_citizen(seal_citizen(citizen, VAULT), VAULT) == citizen


async def test_the_tables_hold_nothing_that_tells_who_the_citizen_is(clean_world: None) -> None:
    person = a_citizen()
    plan = await a_plan(citizen=person)
    row = await fetch_value("SELECT plan::text || encode(citizen, 'escape') FROM plan WHERE id = $1", plan.id)
    told = [person.cpr, person.cpr[:6], person.name, "Prøvesen", str(person.date_of_birth), "1951", "Prøvevej", "00 00"]
    assert [text for text in (*told, str(person.email)) if text in row] == []
    assert open_citizen((await Plan.get(id=plan.id)).citizen, VAULT) == person


def test_the_same_citizen_is_sealed_differently_every_time() -> None:
    person = a_citizen()
    assert seal_citizen(person, VAULT) != seal_citizen(person, VAULT)


def test_a_new_key_in_front_opens_what_the_old_one_sealed_and_seals_anew() -> None:
    person, before, after = a_citizen(), Vault([OLD], LOOKUP), Vault([NEW, OLD], LOOKUP)
    assert open_citizen(seal_citizen(person, before), after) == person
    sealed = seal_citizen(person, after)
    assert open_citizen(sealed, Vault([NEW], LOOKUP)) == person
    with pytest.raises(InvalidToken):
        open_citizen(sealed, before)


def test_bytes_that_were_changed_are_not_opened() -> None:
    sealed = bytearray(seal_citizen(a_citizen(), VAULT))
    sealed[40] ^= 1
    with pytest.raises(InvalidToken):
        open_citizen(bytes(sealed), VAULT)


def test_plans_of_one_citizen_are_found_by_the_hash_of_the_cpr_number() -> None:
    one = a_citizen()
    other = replace(one, cpr=one.cpr[:-1] + ("1" if one.cpr[-1] == "0" else "0"))
    assert cpr_digest(one.cpr, VAULT) == cpr_digest(one.cpr, VAULT)
    assert cpr_digest(one.cpr, VAULT) != cpr_digest(other.cpr, VAULT)
    assert cpr_digest(one.cpr, VAULT) != VAULT.digest("course_code", one.cpr)
    assert cpr_digest(one.cpr, VAULT) != cpr_digest(one.cpr, Vault([Fernet.generate_key().decode()], LOOKUP))
