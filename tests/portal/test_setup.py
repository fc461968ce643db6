"""The set-up from a bare clone, in small: a real environment and real front-end packages, without the network."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from portal.setup import frontend, stamp, steps, venv

CLONE = Path(__file__).resolve().parents[2]

PREPARE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from portal.setup import prepare
print(prepare(Path(sys.argv[1]), ["--help"]))
"""

# The least that pip takes for a package: nothing may be fetched to build it.
PYPROJECT = """
[project]
name = "small"
version = "1"
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
BACKEND = """
import zipfile
FILES = {
    "METADATA": "Metadata-Version: 2.1\\nName: small\\nVersion: 1\\n",
    "WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "RECORD": "",
}
def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(f"{folder}/small-1-py3-none-any.whl", "w") as wheel:
        for name, text in FILES.items():
            wheel.writestr(f"small-1.dist-info/{name}", text)
    return "small-1-py3-none-any.whl"
"""


@pytest.fixture
def small_clone(tmp_path: Path) -> Path:
    """A clone whose locks name no package, with a `.venv` that somebody broke off making."""
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "backend.py").write_text(BACKEND)
    (tmp_path / venv.RUNTIME).write_text("")
    (tmp_path / venv.TEST).write_text("# the same\n")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").write_text("broken off")
    return tmp_path


def prepare(clone: Path) -> subprocess.Popen[str]:
    """The set-up with the bare interpreter: no site-packages at all."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", PREPARE, str(clone), str(CLONE)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.long
def test_two_commands_at_once_build_one_environment_and_the_next_is_quiet(small_clone: Path) -> None:
    with prepare(small_clone) as one, prepare(small_clone) as other:
        said = [one.communicate(), other.communicate()]
    python = small_clone / ".venv/bin/python"
    assert [out for out, _ in said] == [f"{python}\n"] * 2, said
    assert sorted("Virtual environment" in err for _, err in said) == [False, True], said
    assert subprocess.run([python, "-m", "pip", "show", "-q", "small"]).returncode == 0
    with prepare(small_clone) as again:
        assert again.communicate() == (f"{python}\n", "")


@pytest.mark.long
def test_front_end_packages_are_installed_once_per_lock(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "local").mkdir()
    (tmp_path / "local/package.json").write_text('{"name": "local", "version": "1.0.0"}')
    (tmp_path / "package.json").write_text('{"name": "small", "dependencies": {"local": "file:local"}}')
    packages = {
        "": {"name": "small", "dependencies": {"local": "file:local"}},
        "local": {"version": "1.0.0"},
        "node_modules/local": {"resolved": "local", "link": True},
    }
    (tmp_path / "package-lock.json").write_text(json.dumps({"lockfileVersion": 3, "packages": packages}))
    frontend.ensure(tmp_path, Path(sys.executable))
    assert "npm packages" in capsys.readouterr().err
    assert (tmp_path / "node_modules/local/package.json").exists()
    frontend.ensure(tmp_path, Path(sys.executable))
    assert capsys.readouterr().err == ""


def test_a_stamp_counts_only_for_the_same_sources_in_the_same_place(tmp_path: Path) -> None:
    source = tmp_path / "lock"
    source.write_text("a==1")
    wanted = stamp.digest(tmp_path, source)
    assert not stamp.has(tmp_path, wanted)
    stamp.write(tmp_path, ["something else", wanted])
    assert stamp.has(tmp_path, wanted)
    source.write_text("a==2")
    assert not stamp.has(tmp_path, stamp.digest(tmp_path, source))
    source.write_text("a==1")
    assert not stamp.has(tmp_path, stamp.digest(tmp_path / "moved", source))
    stamp.remove(tmp_path)
    assert not stamp.has(tmp_path, wanted)


def test_a_step_that_fails_shows_the_last_of_what_was_said(capsys: pytest.CaptureFixture[str]) -> None:
    program = "print('first'); print('\\n'.join(map(str, range(15)))); raise SystemExit(1)"
    with pytest.raises(steps.SetupError) as failed, steps.step("Trying"):
        steps.run([sys.executable, "-c", program])
    assert capsys.readouterr().err == "Trying … failed\n"
    assert str(failed.value).endswith("\n".join(f"  {number}" for number in range(15)))
    assert "\n  first" not in str(failed.value)


def test_the_locks_name_no_address() -> None:
    locks = [CLONE / venv.RUNTIME, CLONE / venv.TEST, CLONE / "static/package-lock.json"]
    assert [lock.name for lock in locks if "://" in lock.read_text()] == []


def test_the_test_lock_holds_all_of_the_runtime_lock() -> None:
    runtime, test = (set((CLONE / lock).read_text().splitlines()) for lock in (venv.RUNTIME, venv.TEST))
    assert {line for line in runtime if "==" in line} <= test
