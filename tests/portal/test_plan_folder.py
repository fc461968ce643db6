"""The watched folder: files are taken in, moved whole, and those that failed say why."""

import os
from datetime import timedelta
from pathlib import Path

from matching.models import Plan, RawMessage
from portal.worker.plan_folder import take_in_folder
from tests.support.messages_in import a_csv, a_ggop, a_row
from tests.support.worlds import HOME, NOW, VAULT


def put(folder: Path, name: str, body: bytes, seconds_ago: int = 60) -> None:
    """A file that was written some time before NOW."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
    written = (NOW - timedelta(seconds=seconds_ago)).timestamp()
    os.utime(file, (written, written))


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


async def test_files_are_taken_in_and_moved(clean_world: None, tmp_path: Path) -> None:
    put(tmp_path, "0751/plan.xml", a_ggop("a"))
    put(tmp_path, "named.csv", a_csv(a_row("b"), a_row("c", udskrivningsdato="")))
    put(tmp_path, "done/named.csv", b"taken in before")
    put(tmp_path, "broken.xml", b"<")
    put(tmp_path, "fresh.xml", a_ggop("d"), seconds_ago=1)
    put(tmp_path, "half.xml.part", b"<")
    counted = await take_in_folder(tmp_path, now=NOW, vault=VAULT)
    assert counted == {"taken": 2, "failed": 2}
    assert {plan.message_id: plan.municipality_id for plan in await Plan.all()} == {"a": "0751", "b": HOME}
    assert files(tmp_path) == {
        "done/0751/plan.xml",
        "done/named.csv",
        "failed/named.csv",
        "failed/named.csv.txt",
        "failed/broken.xml",
        "failed/broken.xml.txt",
        "fresh.xml",
        "half.xml.part",
    }
    assert (tmp_path / "failed/named.csv.txt").read_text() == (
        "c: Udskrivningsdatoen mangler. Uden den kan fristen ikke regnes ud.\n"
    )
    assert (tmp_path / "done/named.csv").read_bytes() == b"taken in before"
    assert await RawMessage.all().count() == 3
    assert await take_in_folder(tmp_path, now=NOW, vault=VAULT) == {}


async def test_a_file_of_a_name_that_was_there_before_keeps_both(clean_world: None, tmp_path: Path) -> None:
    put(tmp_path, "done/plan.xml", b"the first one")
    put(tmp_path, "plan.xml", a_ggop())
    await take_in_folder(tmp_path, now=NOW, vault=VAULT)
    assert files(tmp_path) == {"done/plan.xml", "done/20261116T090000000000-plan.xml"}
    assert await take_in_folder(tmp_path / "nowhere", now=NOW, vault=VAULT) == {}
