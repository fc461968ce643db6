"""Setting an issuer up: by the environment or by files, with a sentence for each slip, and the doctor looks at it."""

import asyncio
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portal.commands import app
from portal.doctor.issuers import check_businesses, check_issuers
from portal.identity.publication import Metadata, misfits
from portal.settings_files import SettingsInvalid
from portal.settings_issuers import IssuerKind, IssuerSettings
from portal.settings_reading import read_settings
from providers.models import Municipality
from tests.support.apps import SIGNING_KEY, app_settings
from tests.support.identity import NOW
from tests.support.issuers import CVR, an_issuer, taking_its_word
from tests.support.receivers import bound_socket
from tests.support.worlds import FIELD_KEY, HOME, LOOKUP_KEY

MITID = {
    "KIND": "citizen",
    "NAME": "MitID",
    "URL": "https://login.example",
    "CLIENT_ID": "genvej",
    "CLIENT_SECRET": "a secret of the issuer's",
    "CPR_CLAIM": "cpr",
    "TWO_FACTORS": "true",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """What is good enough to start with, without an issuer."""
    for name in os.environ:
        if name.startswith("GENVEJ_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    keys = {"FIELD_KEYS": FIELD_KEY, "LOOKUP_KEY": LOOKUP_KEY, "SIGNING_KEY": SIGNING_KEY}
    for name, value in {"DATABASE_URL": "postgresql://db.example/genvej", **keys}.items():
        monkeypatch.setenv(f"GENVEJ_{name}", value)
    return monkeypatch


def lines(monkeypatch: pytest.MonkeyPatch, **changed: str | None) -> list[str]:
    """What is said of an issuer with these settings changed; None leaves one out."""
    with monkeypatch.context() as patch:
        for name, value in {**MITID, **changed}.items():
            if value is not None:
                patch.setenv(name if name.startswith("GENVEJ_") else f"GENVEJ_ISSUERS__MITID__{name}", value)
        try:
            read_settings()
        except SettingsInvalid as error:
            return error.lines
    return []


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({}, None),
        ({"URL": None}, "GENVEJ_ISSUERS__MITID__URL is missing. Set it."),
        (
            {"CLIENT_SECRET": None},
            "GENVEJ_ISSUERS__MITID__CLIENT_SECRET is missing. Set it, or GENVEJ_ISSUERS__MITID__CLIENT_SECRET_FILE.",
        ),
        ({"CLIENT_SECRET_FILE": "/x"}, "An issuer's client secret and its file are both set. Keep one of them."),
        (
            {"CLIENT_SECRET": None, "CLIENT_SECRET_FILE": "/nowhere"},
            "An issuer's client secret is in a file that cannot be read.",
        ),
        ({"CPR_CALIM": "x"}, "GENVEJ_ISSUERS__MITID__CPR_CALIM is no setting. Leave it out."),
        (
            {"CPR_CLAIM": None},
            "GENVEJ_ISSUERS__MITID__CPR_CLAIM is missing. Set it to the claim in which the issuer gives the CPR "
            "number.",
        ),
        (
            {"TWO_FACTORS": None},
            "GENVEJ_ISSUERS__MITID must say when two factors were shown. Set GENVEJ_ISSUERS__MITID__ACR_VALUES, or "
            "GENVEJ_ISSUERS__MITID__TWO_FACTORS.",
        ),
        (
            {"ORIGINS": "https://one.example https://two.example/path"},
            "GENVEJ_ISSUERS__MITID__ORIGINS lists addresses such as https://login.example, with nothing after them.",
        ),
        *(
            (
                {"URL": url},
                "GENVEJ_ISSUERS__MITID__URL is an address such as https://login.example, where the issuer is.",
            )
            for url in (
                "login.example",
                "http://login.example",
                "http://localhost:9000",
                "https://login.example:8443",
                "https://login.example/?a=b",
                "https://me@login.example",
                "https://login.example/.well-known/openid-configuration",
            )
        ),
        (
            {"PARAMETERS": "idp=mitid"},
            "GENVEJ_ISSUERS, or one of its parts that holds several values, is not JSON.",
        ),
    ],
)
def test_each_slip_is_said(environment: pytest.MonkeyPatch, changed: dict[str, str | None], line: str | None) -> None:
    assert lines(environment, **changed) == ([line] if line else [])


def test_a_local_issuer_needs_this_machine_among_the_targets(environment: pytest.MonkeyPatch) -> None:
    assert lines(environment, URL="http://localhost:9000", GENVEJ_PRIVATE_TARGETS="127.0.0.0/8") == []


def test_an_issuer_may_stand_in_files(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret, issuers = tmp_path / "secret", tmp_path / "issuers.json"
    secret.write_text("from a file\n")
    told = {name.lower(): value for name, value in MITID.items() if name != "CLIENT_SECRET"}
    issuers.write_text(json.dumps({"mitid": told}))
    environment.setenv("GENVEJ_ISSUERS_FILE", str(issuers))
    environment.setenv("GENVEJ_ISSUERS__MITID__CLIENT_SECRET_FILE", str(secret))
    settings = read_settings()
    assert settings.issuers["mitid"].client_secret.get_secret_value() == "from a file"
    assert "from a file" not in f"{settings!r} {settings}"
    issuers.write_text("{")
    with pytest.raises(SettingsInvalid, match="GENVEJ_ISSUERS_FILE names a file that is not JSON"):
        read_settings()


def test_people_are_sent_nowhere_that_was_not_agreed_on() -> None:
    settings = {
        "kind": IssuerKind.STAFF,
        "name": "x",
        "url": "https://a.example",
        "client_id": "x",
        "client_secret": "x",
    }
    places = {"issuer": "https://a.example", "token_endpoint": "https://a.example/t", "jwks_uri": "https://a.example/k"}
    metadata = Metadata(
        **places, authorization_endpoint="https://b.example/go", end_session_endpoint="https://a.example/x"
    )
    (misfit,) = misfits(metadata, IssuerSettings.model_validate(settings))
    assert misfit == "It sends people to https://b.example. Add that to __ORIGINS if it may."
    assert not list(misfits(metadata, IssuerSettings.model_validate({**settings, "origins": "https://b.example"})))


@pytest.mark.long
async def test_the_doctor_asks_each_issuer() -> None:
    async with an_issuer(NOW) as issuer:
        with bound_socket() as nobody:
            silent = f"http://127.0.0.1:{nobody.getsockname()[1]}"
            found = await check_issuers(app_settings("postgresql://", **taking_its_word(issuer.url, silent)), NOW)
            assert (found.ok, found.says) == (
                False,
                f"nede: It cannot be reached at {silent}. See to its __URL.",
            )
        another = issuer.url.replace("127.0.0.1", "localhost")
        found = await check_issuers(app_settings("postgresql://", **taking_its_word(issuer.url, another)), NOW)
        assert found.says.startswith(f"nede: It calls itself {issuer.url}. Set __URL to that")
        found = await check_issuers(app_settings("postgresql://", **taking_its_word(issuer.url, issuer.url)), NOW)
        assert (found.ok, found.says) == (
            True,
            "Prøve-ID Erhverv (staff), Prøve-ID (citizen), Prøve-ID Svar (staff), Prøve-ID Nede (staff)",
        )


async def test_a_municipality_gets_its_business_number(database: str, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("GENVEJ_DATABASE_URL", database)
    settings = app_settings(database, **taking_its_word("http://127.0.0.1:1", "http://127.0.0.1:2"))
    assert not (await check_businesses(settings)).ok
    for arguments, exit_code, says in (
        ((HOME, "12345678"), 1, "12345678 is no business number"),
        (("9999", CVR), 1, "9999 is no municipality"),
        ((HOME, CVR), 0, f"Københavns Kommune: {CVR}"),
        (("0147", CVR), 1, f"{CVR} is another municipality's."),
    ):
        answer = await asyncio.to_thread(CliRunner().invoke, app, ["municipality-cvr", *arguments])
        assert (answer.exit_code, says in " ".join(answer.output.split())) == (exit_code, True), answer.output
    assert (await Municipality.get(code=HOME)).cvr == CVR
    assert (await check_businesses(settings)).ok
