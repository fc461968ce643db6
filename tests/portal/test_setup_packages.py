"""What the system must bring: what is asked for, how it is installed, and what a person is told."""

import os
import subprocess
from pathlib import Path

import pytest

from portal.setup import SetupError, apt, packages
from portal.setup.testing import in_parallel


def need(name: str, *, present: bool = False, **systems: str) -> packages.Need:
    return packages.Need(name, lambda: present, **{"debian": "deb", **systems})


def test_each_command_asks_for_what_it_uses() -> None:
    assert packages.needed(server=False, browser=False, rest=False) == [packages.VENV]
    demo = packages.needed(server=True, browser=False, rest=True)
    assert packages.SERVER in demo
    assert packages.BROWSER not in demo
    assert packages.needed(server=True, browser=True, rest=True) == [*demo, packages.BROWSER]
    assert packages.SERVER not in packages.needed(server=False, browser=True, rest=True)


def test_nothing_is_installed_when_nothing_is_missing() -> None:
    packages.ensure([need("there", present=True)])


def test_without_the_right_to_install_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = [
        need("PostGIS", debian="a b", fedora="c", macos="d"),
        need("there", present=True),
        need("fonts", debian="e"),
    ]
    with pytest.raises(SetupError) as told:
        packages.ensure(missing)
    assert str(told.value) == (
        "Missing: PostGIS, fonts. Install with: sudo apt-get install a b e (Debian, Ubuntu); "
        "or sudo dnf install c (Fedora, untested); or brew install d (macOS, untested)."
    )


@pytest.mark.parametrize(("sudo", "expected"), [("exit 0", True), ("exit 1", False)])
def test_sudo_counts_only_when_it_asks_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sudo: str, expected: bool
) -> None:
    for name, body in {"sudo": f'[ "$1" = -n ] && {sudo}', "apt-get": "exit 1"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert apt.available() is expected


def test_no_server_of_debians_own_is_made_before_postgresql_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    idle, install = apt.commands(["postgresql"], keep_server_idle=True)
    assert "create_main_cluster = false" in idle[-1]
    assert install[-6:] == [
        "-o",
        "DPkg::Lock::Timeout=300",
        "install",
        "--yes",
        "--no-install-recommends",
        "postgresql",
    ]
    assert "DEBIAN_FRONTEND=noninteractive" in install
    assert apt.commands(["fonts"], keep_server_idle=False) == [[*install[:-1], "fonts"]]


def test_sudo_never_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert apt.as_root("true")[:3] == ["sudo", "-n", "env"]


def test_the_lists_are_read_when_the_other_apt_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["E: Could not get lock /var/lib/apt/lists/lock.", "Reading package lists...", "never asked for"]
    monkeypatch.setattr(apt, "outcome", lambda command: subprocess.CompletedProcess(command, 0, answers.pop(0)))
    monkeypatch.setattr(apt, "run", lambda command: None)
    monkeypatch.setattr(apt, "_PAUSE", 0)
    apt.install(["fonts"], keep_server_idle=False)
    assert answers == ["never asked for"]


@pytest.mark.parametrize("said", ["-n0", "-n", "--numprocesses=4", "--pdb"])
def test_the_arguments_may_say_how_many_processes(said: str) -> None:
    assert in_parallel([said, "tests"]) == [said, "tests"]


def test_tests_run_in_two_processes() -> None:
    assert in_parallel(["tests", "-k", "rights"]) == ["-n", "3", "--dist", "worksteal", "tests", "-k", "rights"]
