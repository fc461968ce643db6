"""The doctor: everything well is said in a line each, and each thing that can be broken is found, and only that."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from math import asinh, atan2, atanh, cos, cosh, radians, sin, sinh, sqrt
from pathlib import Path

import pytest
import pytest_asyncio
from cryptography.fernet import Fernet
from typer.testing import CliRunner

from matching.citizens import seal_citizen
from matching.messages import Draft, queue_message
from matching.models import Channel, Plan, Recipient
from portal import assets
from portal.commands import app
from portal.doctor import examine, server
from portal.settings_keys import DEMO
from providers.database import connect, connected, transaction
from providers.heartbeats import beat
from providers.vault import Vault
from tests.support.receivers import a_receiver
from tests.support.reporting import a_booked_plan, reports_go_to
from tests.support.worlds import FIELD_KEY, LOOKUP_KEY, a_citizen, a_plan

SIGNING_KEY = "a third one that signs the cursors"
HOUR = timedelta(hours=1)

EVERYTHING = [
    *("settings", "files", "time zones", "front end", "database", "extensions", "projection", "server time"),
    *("migrations", "roles", "grants", "rows", "clock", "worker", "queue", "messages", "keys"),
]


def real_now() -> datetime:
    """The server's clock is the real one, so ours must be."""
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Settings that are as they should be."""
    for name in os.environ:
        if name.startswith("GENVEJ_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    monkeypatch.setenv("GENVEJ_FIELD_KEYS", FIELD_KEY)
    monkeypatch.setenv("GENVEJ_LOOKUP_KEY", LOOKUP_KEY)
    monkeypatch.setenv("GENVEJ_SIGNING_KEY", SIGNING_KEY)
    return monkeypatch


@pytest_asyncio.fixture
async def patient(database_url: str) -> AsyncIterator[str]:
    """A database in good health: migrated, with a case, and a worker that was just seen."""
    async with connected(database_url):
        await beat("worker", real_now())
        await a_plan()
    yield database_url


async def faults(url: str | None, data: Path, *, ahead: timedelta = timedelta(0)) -> dict[str, str]:
    """What the doctor finds wrong, by check; `ahead`: our clock is fast by so much."""
    found = await examine(url, data, lambda: real_now() + ahead)
    return {finding.check: finding.says for finding in found if not finding.ok}


async def break_(url: str, *statements: str) -> None:
    owner = await connect(url)
    try:
        for statement in statements:
            await owner.execute(statement)
    finally:
        await owner.close()


async def test_everything_well_is_said_in_one_line_each(patient: str, tmp_path: Path) -> None:
    found = await examine(patient, tmp_path, real_now)
    assert [finding.check for finding in found if finding.ok] == EVERYTHING
    assert all(str(finding).startswith("✓ ") and "\n" not in str(finding) for finding in found)


@pytest.mark.parametrize(
    ("statement", "check", "says"),
    [
        (
            "GRANT UPDATE ON audit_entry TO genvej_app",
            "grants",
            "May change what is append-only: genvej_app audit_entry.",
        ),
        ("GRANT TRUNCATE ON case_event TO genvej_worker", "grants", "append-only: genvej_worker case_event."),
        (
            "ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only",
            "grants",
            "Without its trigger: audit_entry.",
        ),
        ("REVOKE SELECT ON slot FROM genvej_app", "grants", "Cannot read: genvej_app slot."),
        ("ALTER TABLE plan DISABLE ROW LEVEL SECURITY", "rows", "does not hold for plan."),
        ("ALTER TABLE booking OWNER TO genvej_app", "rows", "does not hold for booking."),
        (
            "DELETE FROM tortoise_migrations WHERE id = (SELECT max(id) FROM tortoise_migrations)",
            "migrations",
            "Not run yet: ",
        ),
        ("DROP EXTENSION btree_gist CASCADE", "extensions", "Missing: btree_gist."),
        ("UPDATE spatial_ref_sys SET auth_srid = 25833 WHERE srid = 25832", "projection", "A known point is"),
        ("DELETE FROM heartbeat", "worker", "None has ever been seen."),
        ("UPDATE heartbeat SET seen_at = seen_at - interval '3 hours'", "worker", "Silent for 3 h."),
        ("UPDATE plan SET cpr_digest = repeat('0', 64)", "keys", "GENVEJ_LOOKUP_KEY does not fit 1 of 1."),
        ("DROP TABLE heartbeat", "worker", 'Cannot be looked at: relation "heartbeat" does not exist.'),
    ],
)
async def test_what_is_broken_is_found_and_nothing_else(
    patient: str, tmp_path: Path, statement: str, check: str, says: str
) -> None:
    await break_(patient, statement)
    found = await faults(patient, tmp_path)
    assert found.keys() == {check}
    assert says in found[check]


async def test_a_case_sealed_with_another_key_is_found(patient: str, tmp_path: Path) -> None:
    other = Vault([Fernet.generate_key().decode()], LOOKUP_KEY)
    async with connected(patient):
        await Plan.filter(id=(await a_plan()).id).update(citizen=seal_citizen(a_citizen(), other))
    found = await faults(patient, tmp_path)
    assert found == {"keys": "GENVEJ_FIELD_KEYS does not open 1 of 2. Add the key that did."}


async def test_a_report_that_waits_too_long_is_found(patient: str, tmp_path: Path) -> None:
    async with connected(patient):
        with a_receiver() as receiver:
            await reports_go_to(receiver)
            await a_booked_plan(now=real_now())
        assert await faults(patient, tmp_path) == {}
    await break_(patient, "UPDATE report SET next_at = next_at - interval '11 minutes'")
    assert await faults(patient, tmp_path) == {"queue": "A report has been due for 11 min. See the worker's log."}


async def test_a_message_without_a_way_is_found(patient: str, tmp_path: Path) -> None:
    async with connected(patient):
        sms = Draft("once", "booked", Channel.SMS, Recipient.CITIZEN, plan=(await a_plan()).id)
        async with transaction():
            await queue_message(sms, now=real_now())
    assert await faults(patient, tmp_path) == {
        "messages": "Messages wait for a way that is not set up: 1 by sms. Set it up, or tell people yourself."
    }


async def test_a_clock_that_is_off_is_found(patient: str, tmp_path: Path) -> None:
    found = await faults(patient, tmp_path, ahead=timedelta(seconds=3))
    assert found.keys() == {"clock"}
    assert found["clock"].startswith("The server's clock is 3.0 s off ours.")


async def test_a_database_without_tables_says_what_to_do(empty_database_url: str, tmp_path: Path) -> None:
    found = await faults(empty_database_url, tmp_path)
    assert {"extensions", "migrations", "grants", "worker", "queue", "keys"} <= found.keys()
    assert "Run: genvej migrate" in found["worker"]


async def test_a_database_that_does_not_answer_is_one_finding(tmp_path: Path) -> None:
    found = await faults("postgresql://nobody@127.0.0.1:1/nothing", tmp_path)
    assert found.keys() == {"database"}
    assert found["database"].startswith("Cannot be reached: ")
    assert found["database"].endswith("See to GENVEJ_DATABASE_URL.")


async def test_production_wants_a_user_that_is_not_the_servers_own(
    patient: str, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("GENVEJ_MODE", "production")
    environment.setenv("GENVEJ_PUBLIC_URL", "https://genvej.example")
    environment.setenv("GENVEJ_HELP_PHONE", "70 00 00 00")
    found = await faults(patient, tmp_path)
    assert found.keys() == {"roles"}
    assert "superuser" in found["roles"]


async def test_settings_that_cannot_be_used_are_named_and_the_rest_is_looked_at(
    patient: str, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("GENVEJ_SIGNING_KEY", "kort")
    found = await examine(patient, tmp_path, real_now)
    assert [finding.check for finding in found if not finding.ok] == ["settings"]
    assert [finding.check for finding in found] == EVERYTHING[:-2]


async def test_a_setting_that_nobody_knows_is_a_slip_of_the_pen(
    tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("GENVEJ_PUBLIC_ULR", "https://genvej.example")
    environment.setenv("GENVEJ_POLICY__NOTICE", "PT24H")
    assert await faults(None, tmp_path) == {
        "settings": "GENVEJ_PUBLIC_ULR is no setting. Did you mean GENVEJ_PUBLIC_URL?"
    }


async def test_a_demos_keys_are_said_to_be_that(tmp_path: Path, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("GENVEJ_SIGNING_KEY", DEMO + SIGNING_KEY)
    (settings, *_) = await examine(None, tmp_path, real_now)
    assert (settings.ok, settings.says) == (True, "development, http://localhost:8000, with a demo's keys")


async def test_secrets_that_others_can_read_are_found(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.json"
    secrets.touch(mode=0o600)
    assert await faults(None, tmp_path) == {}
    secrets.chmod(0o640)
    assert await faults(None, tmp_path) == {"files": f"{secrets} can be read by others. Run: chmod go-rwx {secrets}"}


async def test_a_missing_file_of_the_pages_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(assets._FILES, "htmx.js", tmp_path / "htmx.js")
    found = await faults(None, tmp_path)
    assert found == {"front end": "Missing: htmx.js. Run: npm ci --ignore-scripts, in static/"}


def test_the_known_point_is_where_the_textbook_puts_it() -> None:
    """Krüger's series to the fourth order on the GRS80 ellipsoid, central meridian 9°: far below a millimetre off."""
    flattening, radius, scale = 1 / 298.257222101, 6_378_137.0, 0.9996
    n, e = flattening / (2 - flattening), sqrt(flattening * (2 - flattening))
    arc = radius / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    series = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    latitude, longitude = radians(server.LATITUDE), radians(server.LONGITUDE - 9)
    t = sinh(atanh(sin(latitude)) - e * atanh(e * sin(latitude)))
    xi, eta = atan2(t, cos(longitude)), asinh(sin(longitude) / sqrt(t * t + cos(longitude) ** 2))
    east = eta + sum(a * cos(2 * j * xi) * sinh(2 * j * eta) for j, a in enumerate(series, 1))
    north = xi + sum(a * sin(2 * j * xi) * cosh(2 * j * eta) for j, a in enumerate(series, 1))
    assert 500_000 + scale * arc * east == pytest.approx(server.EASTING, abs=0.001)
    assert scale * arc * north == pytest.approx(server.NORTHING, abs=0.001)


async def run(data: Path, *options: str) -> tuple[int, str]:
    """The command itself: its exit code and what it says."""
    told = await asyncio.to_thread(CliRunner().invoke, app, ["doctor", "--data", str(data), *options])
    assert told.stderr == ""
    return told.exit_code, told.stdout


async def test_the_command_ends_with_one_when_something_is_wrong(
    patient: str, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("DATABASE_URL", patient)
    code, said = await run(tmp_path)
    assert (code, [line[0] for line in said.splitlines()]) == (0, ["✓"] * len(EVERYTHING))
    await break_(patient, "DELETE FROM heartbeat")
    code, said = await run(tmp_path, "--json")
    wrong = [finding for finding in json.loads(said) if not finding["ok"]]
    assert (code, wrong) == (
        1,
        [{"check": "worker", "ok": False, "says": "None has ever been seen. Run: genvej worker"}],
    )


@pytest.mark.long
async def test_the_command_makes_nothing_where_there_is_nothing(tmp_path: Path) -> None:
    code, said = await run(tmp_path / "none")
    assert (code, said.splitlines()[-1]) == (
        1,
        "✗ database     There is none. Set GENVEJ_DATABASE_URL, or run: genvej demo",
    )
    assert not (tmp_path / "none").exists()


async def test_a_password_in_the_address_is_never_shown(tmp_path: Path) -> None:
    found = await examine("postgresql://genvej:hemmeligt@127.0.0.1:1/genvej", tmp_path, real_now)
    assert not [finding for finding in found if "hemmeligt" in finding.says]
