"""Sealing, opening, changing keys, and hashes that only the key's holder can compute."""

import string
from base64 import urlsafe_b64encode

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from providers.errors import GenvejError
from providers.vault import NAME_LENGTH, Vault, VaultKeyInvalid

OLD, NEW, OTHER = (urlsafe_b64encode(letter * 32).decode() for letter in (b"o", b"n", b"x"))
VAULT = Vault([NEW, OLD], "lookup")


@given(st.binary(max_size=200))
def test_what_is_sealed_is_opened_and_never_the_same_twice(plain: bytes) -> None:
    sealed = VAULT.seal(plain)
    assert VAULT.open(sealed) == plain
    assert sealed != VAULT.seal(plain)


def test_keys_are_changed_by_putting_a_new_one_in_front() -> None:
    sealed_before = Vault([OLD], "lookup").seal(b"plain")
    assert VAULT.open(sealed_before) == b"plain"
    assert Vault([NEW], "lookup").open(VAULT.seal(b"plain")) == b"plain", "the newest key seals"
    with pytest.raises(InvalidToken):
        Vault([NEW], "lookup").open(sealed_before)


@pytest.mark.parametrize(
    "sealed",
    [b"", b"plain", b"\x00" * 100, Vault([OTHER], "lookup").seal(b"plain")],
    ids=["nothing", "plain", "zeros", "another key's"],
)
def test_what_none_of_the_keys_sealed_is_not_opened(sealed: bytes) -> None:
    with pytest.raises(InvalidToken):
        VAULT.open(sealed)


@pytest.mark.parametrize("key", ["", "short", OLD[:-4], "AAAA" + OLD, "å" * 44])
def test_a_key_of_another_form_is_refused_by_name(key: str) -> None:
    with pytest.raises(VaultKeyInvalid) as refused:
        Vault([NEW, key], "lookup")
    assert isinstance(refused.value, GenvejError)
    assert key not in str(refused.value) or not key


def test_no_key_at_all_is_refused() -> None:
    with pytest.raises(VaultKeyInvalid):
        Vault([], "lookup")


@given(st.text(max_size=40), st.text(max_size=40))
def test_equal_texts_have_equal_digests_and_others_do_not(one: str, other: str) -> None:
    digest = VAULT.digest("purpose", one)
    assert (digest == VAULT.digest("purpose", other)) == (one == other)
    assert len(digest) == 64
    assert set(digest) <= set(string.hexdigits.lower())


def test_a_digest_depends_on_its_purpose_and_on_the_lookup_key_only() -> None:
    digest = VAULT.digest("cpr", "text")
    assert digest != VAULT.digest("course_code", "text")
    assert digest != Vault([NEW, OLD], "another").digest("cpr", "text")
    assert digest == Vault([OTHER], "lookup").digest("cpr", "text"), "field keys change, the look-up stays"


def test_a_hash_made_with_another_key_that_is_accepted_is_recognised() -> None:
    earlier, now = Vault([NEW], "lookup"), Vault([NEW], "next", ["lookup"])
    assert now.digests("cpr", "text") == [Vault([NEW], "next").digest("cpr", "text"), earlier.digest("cpr", "text")]
    assert now.digest("cpr", "text") == now.digests("cpr", "text")[0], "the newest key makes new ones"
    assert earlier.digest("cpr", "text").startswith(now.lookup_keys[1]), "a hash begins with its key's name"


def test_a_signature_says_which_key_made_it() -> None:
    earlier, now = Vault([NEW], "lookup"), Vault([NEW], "next", ["lookup"])
    assert now.signed_by("seal", "text", now.sign("seal", "text")) == now.lookup_keys[0]
    assert now.signed_by("seal", "text", earlier.sign("seal", "text")) == earlier.lookup_keys[0]
    assert now.signed_by("seal", "another", now.sign("seal", "text")) is None
    assert earlier.signed_by("seal", "text", now.sign("seal", "text")) is None


def test_a_sealed_value_s_key_is_found_by_trying() -> None:
    assert VAULT.sealed_by(VAULT.seal(b"plain")) == VAULT.field_keys[0]
    assert VAULT.sealed_by(Vault([OLD], "lookup").seal(b"plain")) == VAULT.field_keys[1]
    assert VAULT.sealed_by(Vault([OTHER], "lookup").seal(b"plain")) is None


def test_a_key_s_name_gives_nothing_of_it_away_and_is_no_part_of_it() -> None:
    for name, key in zip(VAULT.field_keys, (NEW, OLD), strict=True):
        assert len(name) == NAME_LENGTH
        assert name not in key


def test_a_purpose_cannot_be_stretched_into_the_text() -> None:
    assert VAULT.digest("cp", "rtext") != VAULT.digest("cpr", "text")
