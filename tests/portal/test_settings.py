"""Settings from the environment and from files; what is missing, weak or made for trying out is refused in one line."""

import os
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from secrets import token_hex, token_urlsafe

import pytest
from cryptography.fernet import Fernet

from portal.commands.place import make_secrets, settings_for, use_demo_secrets
from portal.settings import Mode, Settings
from portal.settings_files import SettingsInvalid
from portal.settings_keys import DEMO, RECIPE, faults_of_keys
from portal.settings_reading import read_settings
from providers.targets import Targets

GOOD = {
    "GENVEJ_DATABASE_URL": "postgresql://genvej@db.example/genvej",
    "GENVEJ_FIELD_KEYS": Fernet.generate_key().decode(),
    "GENVEJ_LOOKUP_KEY": token_urlsafe(32),
    "GENVEJ_SIGNING_KEY": token_urlsafe(32),
}
PEOPLE = {
    "GENVEJ_MODE": "production",
    "GENVEJ_PUBLIC_URL": "https://genvej.example",
    "GENVEJ_HELP_PHONE": "70 00 00 00",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """What is good enough to start with, and nothing else. Afterwards the environment is what it was."""
    before = dict(os.environ)
    for name in os.environ:
        if name.startswith("GENVEJ_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    yield monkeypatch
    monkeypatch.undo()
    os.environ.clear()
    os.environ.update(before)


def lines(**environment: str) -> list[str]:
    """What is said of an environment with these settings on top; an empty one is not set at all."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        try:
            read_settings()
        except SettingsInvalid as error:
            return error.lines
    return []


def test_what_is_good_enough_is_taken() -> None:
    settings = read_settings()
    assert settings.mode is Mode.DEVELOPMENT
    assert settings.lookup_key.get_secret_value() == GOOD["GENVEJ_LOOKUP_KEY"]
    assert settings.vault().open(Fernet(GOOD["GENVEJ_FIELD_KEYS"]).encrypt(b"x")) == b"x"


@pytest.mark.parametrize("name", GOOD)
def test_what_is_missing_is_named_with_what_to_do(name: str, environment: pytest.MonkeyPatch) -> None:
    environment.delenv(name)
    (line,) = lines()
    assert line.startswith(f"{name} is missing. Set it, or {name}_FILE.")
    assert line.endswith(RECIPE) == (name != "GENVEJ_DATABASE_URL")


def test_everything_that_is_missing_is_named_at_once(environment: pytest.MonkeyPatch) -> None:
    for name in GOOD:
        environment.delenv(name)
    assert [line.split()[0] for line in lines()] == list(GOOD)


@pytest.mark.parametrize("name", [*GOOD, "GENVEJ_HELP_PHONE"])
def test_every_setting_may_stand_in_a_file(name: str, tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    expected = read_settings(help_phone="12 34 56 78")
    environment.setenv("GENVEJ_HELP_PHONE", "12 34 56 78")
    environment.delenv(name)
    (tmp_path / "secret").write_text(GOOD.get(name, "12 34 56 78") + "\n")
    environment.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    assert read_settings() == expected


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    environment.delenv("GENVEJ_LOOKUP_KEY")
    assert lines(GENVEJ_LOOKUP_KEY_FILE=str(tmp_path / "none")) == [
        "GENVEJ_LOOKUP_KEY_FILE names a file that cannot be read: No such file or directory."
    ]
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    assert lines(GENVEJ_LOOKUP_KEY_FILE=str(tmp_path / "binary")) == [
        "GENVEJ_LOOKUP_KEY_FILE names a file that cannot be read: it is not text."
    ]


def test_a_setting_that_is_set_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(token_urlsafe(32))
    assert lines(GENVEJ_LOOKUP_KEY_FILE=str(tmp_path / "secret")) == [
        "GENVEJ_LOOKUP_KEY and GENVEJ_LOOKUP_KEY_FILE are both set. Keep one of them."
    ]


def test_no_secret_is_ever_shown() -> None:
    settings = read_settings()
    secrets = [value for name, value in GOOD.items() if name != "GENVEJ_DATABASE_URL"]
    shown = repr(settings) + "\n".join(lines(GENVEJ_POOL_SIZE="0", GENVEJ_MODE="production", GENVEJ_SIGNING_KEY="kort"))
    assert not [secret for secret in [*secrets, GOOD["GENVEJ_DATABASE_URL"], "kort"] if secret in shown]


def test_a_file_of_leaked_passwords_must_be_there(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    name, file = "GENVEJ_ACCOUNTS__LEAKED_PASSWORDS", tmp_path / "leaked.txt"
    assert lines(**{name: str(file)}) == [
        f"{name} names a file that cannot be read. Correct the path, or leave it out.",
    ]
    file.touch()
    environment.setenv(name, str(file))
    assert read_settings().accounts.leaked_passwords == file


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("kort", "is too short: it needs 32 characters or more"),
        ("a" * 64, "is too simple: it has hardly any different characters"),
        ("0123456789" * 4, "is too simple: it repeats itself"),
        (token_urlsafe(12) * 3, "is too simple: it repeats itself"),
    ],
    # Keys drawn at random cannot be names: parallel workers must agree on what there is to run.
    ids=["short", "one character", "digits", "three times the same"],
)
@pytest.mark.parametrize("name", ["GENVEJ_LOOKUP_KEY", "GENVEJ_SIGNING_KEY"])
def test_a_weak_key_is_refused(name: str, key: str, why: str) -> None:
    assert lines(**{name: key}) == [f"{name} {why}. {RECIPE}"]


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("no Fernet key", "is not a Fernet key"),
        (urlsafe_b64encode(bytes(32)).decode(), "is too simple: it has hardly any different characters"),
        (urlsafe_b64encode(bytes(range(16)) * 2).decode(), "is too simple: it repeats itself"),
    ],
)
def test_a_weak_field_key_is_refused_by_its_place(key: str, why: str) -> None:
    both = f"{GOOD['GENVEJ_FIELD_KEYS']}, {key}"
    assert lines(GENVEJ_FIELD_KEYS=both) == [f"GENVEJ_FIELD_KEYS, key 2, {why}. {RECIPE}"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("GENVEJ_LOOKUP_KEY", "GENVEJ_SIGNING_KEY"),
        ("GENVEJ_SIGNING_KEY", "GENVEJ_FIELD_KEYS"),
        ("GENVEJ_OTHER_LOOKUP_KEYS", "GENVEJ_LOOKUP_KEY"),
    ],
)
def test_no_key_serves_two_ends(name: str, other: str) -> None:
    (line,) = lines(**{name: GOOD[other]})
    assert "hold the same key twice" in line


def test_keys_drawn_at_random_pass() -> None:
    """In any spelling: hexadecimal has sixteen different signs, of which 32 hold some fourteen."""
    for _ in range(500):
        keys = {"A": token_urlsafe(32), "B": token_hex(32), "C": Fernet.generate_key().decode()}
        assert list(faults_of_keys(keys, [Fernet.generate_key().decode()])) == []


def test_production_takes_what_is_made_for_it() -> None:
    assert lines(**PEOPLE) == []


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("GENVEJ_DEMO", "true", "GENVEJ_DEMO cannot be true in production."),
        ("GENVEJ_PUBLIC_URL", "http://genvej.example", "GENVEJ_PUBLIC_URL must begin with https:// in production."),
        ("GENVEJ_HELP_PHONE", "00 00 00 00", "GENVEJ_HELP_PHONE is nobody's number."),
        ("GENVEJ_TRUSTED_PROXIES", "*", "GENVEJ_TRUSTED_PROXIES cannot be * in production"),
        ("GENVEJ_LOOKUP_KEY", DEMO + token_urlsafe(32), "GENVEJ_LOOKUP_KEY is a demo's key"),
        ("GENVEJ_OTHER_LOOKUP_KEYS", DEMO + token_urlsafe(32), "GENVEJ_OTHER_LOOKUP_KEYS, key 1 is a demo's key"),
        ("GENVEJ_SIGNING_KEY", DEMO + token_urlsafe(32), "GENVEJ_SIGNING_KEY is a demo's key"),
        ("GENVEJ_FIELD_KEYS", DEMO + Fernet.generate_key().decode()[5:], "GENVEJ_FIELD_KEYS is a demo's key"),
    ],
    ids=["demo", "http", "nobody's number", "any proxy", "lookup key", "other lookup key", "signing key", "field key"],
)
def test_production_refuses_what_is_made_for_trying_out(name: str, value: str, line: str) -> None:
    (said,) = lines(**PEOPLE | {name: value})
    assert said.startswith(line)


def test_without_a_mode_an_address_that_others_reach_is_refused() -> None:
    """Whoever forgets the mode is told, rather than served without production's rules."""
    (line,) = lines(GENVEJ_PUBLIC_URL="https://genvej.dk")
    assert line == "GENVEJ_PUBLIC_URL is an address that others can reach. Set GENVEJ_MODE to production."
    assert lines(GENVEJ_PUBLIC_URL="https://genvej.dk", GENVEJ_DEMO="true") == []


@pytest.mark.parametrize("url", ["genvej.example", "ftp://genvej.example", "https://", "https://genvej.example/portal"])
def test_a_public_address_has_one_form(url: str) -> None:
    (line,) = lines(GENVEJ_PUBLIC_URL=url)
    assert line.startswith("GENVEJ_PUBLIC_URL is an address such as")


@pytest.mark.parametrize(("name", "value"), [("GENVEJ_POOL_SIZE", "many"), ("GENVEJ_MODE", "proudction")])
def test_a_value_that_cannot_be_read_is_said_by_its_name(name: str, value: str) -> None:
    (line,) = lines(**{name: value})
    assert line.startswith(f"{name} cannot be used: ")
    assert "\n" not in line


def test_the_hosts_that_requests_may_name() -> None:
    assert read_settings().hosts == {"localhost", "127.0.0.1", "::1"}
    settings = read_settings(
        mode="production", public_url="https://Genvej.example:8443", allowed_hosts="intern.example", help_phone="1"
    )
    assert settings.hosts == {"genvej.example", "intern.example"}


def test_the_targets_of_reports() -> None:
    assert read_settings().targets == Targets()
    settings = read_settings(private_targets="10.20.0.0/16, ::1", target_ports="443,8443")
    assert settings.targets == Targets((ip_network("10.20.0.0/16"), ip_network("::1")), frozenset({443, 8443}))
    (line,) = lines(GENVEJ_PRIVATE_TARGETS="10.20.0.0/8")
    assert line == "GENVEJ_PRIVATE_TARGETS lists networks such as 10.20.0.0/16, and commas."


def test_a_demos_secrets_are_its_own_and_can_be_told(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    for name in GOOD:
        environment.delenv(name)
    made = make_secrets(tmp_path)
    assert make_secrets(tmp_path) == made
    use_demo_secrets(tmp_path)
    settings = settings_for(GOOD["GENVEJ_DATABASE_URL"], tmp_path)
    assert all(key.startswith(DEMO) for key in [*settings.keys().values(), *settings.field_keys])
    assert (settings.demo, settings.targets.this_machine) == (True, True)


def test_an_environment_of_its_own_is_stronger_than_a_demos_secrets(
    tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    make_secrets(tmp_path)
    (tmp_path / "key").write_text(GOOD["GENVEJ_SIGNING_KEY"])
    environment.delenv("GENVEJ_SIGNING_KEY")
    environment.setenv("GENVEJ_SIGNING_KEY_FILE", str(tmp_path / "key"))
    settings = settings_for("postgresql://db.example/genvej", tmp_path)
    assert settings.keys() == {name: GOOD[name] for name in settings.keys()}  # noqa: SIM118 - a method of ours


def test_the_names_of_all_settings_are_upper_case_fields() -> None:
    """What a file is called follows from the field's name, so no field may have another one."""
    aliased = [name for name, field in Settings.model_fields.items() if field.validation_alias]
    assert aliased == ["database_url"]
