"""Who has seen my case: in words, a line for each day, role and purpose, and without names."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from matching.audit import audit
from matching.auditing.own import looks_at_case
from portal.language import language
from portal.presenting import look_up_words
from portal.presenting.looks import PURPOSE_WORDS, look_lines
from providers.actors import CITIZEN, CITIZEN_WITH_CODE, CITIZEN_WITH_MITID, SYSTEM, Actor
from tests.support.worlds import HOME, NOW, a_plan, a_provider

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("clean_world")
async def test_looks_are_told_by_day_role_and_purpose() -> None:
    plan, other, clinic = await a_plan(), await a_plan(), await a_provider("private")
    caseworker = Actor("account:7", "visitator", f"municipality:{HOME}")
    colleague = Actor("account:8", "visitator", f"municipality:{HOME}")
    planner = Actor("account:9", "planner", f"provider:{clinic.id}")
    stranger = Actor("account:10", "somebody_of_a_kind_to_come")
    entries = [
        *((caseworker, 0, "letter", "ok"), (colleague, 60, "letter", "ok"), (planner, 61, "choice", "ok")),
        *((CITIZEN_WITH_CODE, 62, "choice", "ok"), (CITIZEN, 63, "choice", "refused"), (CITIZEN, 64, "choice", "ok")),
        *((CITIZEN_WITH_MITID, 65, "own_case", "ok"), (SYSTEM, 66, "reporting", "ok"), (stranger, 67, "new", "ok")),
        # In the evening by Danish clocks, and after midnight.
        *((caseworker, 768, "letter", "ok"), (caseworker, 900, "letter", "ok")),
    ]
    for actor, minutes, purpose, result in entries:
        now = NOW + timedelta(minutes=minutes)
        await audit("case_seen", actor=actor, now=now, purpose=purpose, plan_id=plan.id, result=result)
    await audit("case_seen", actor=caseworker, now=NOW, purpose="letter", plan_id=other.id)

    lines = look_lines(await looks_at_case(plan.id), language("da"))
    monday = "Mandag den 16. november 2026"
    town, letter = "Visitator, Københavns Kommune", "for at sende dig et brev med koder"
    assert [(line.who, line.what_for, line.when) for line in lines] == [
        (town, letter, "Tirsdag den 17. november 2026 kl. 01.00"),
        (town, letter, f"{monday}, 3 gange, sidst kl. 22.48"),
        ("En medarbejder", "for at behandle din sag", f"{monday} kl. 11.07"),
        ("Genvej, uden at et menneske så med", "for at give besked til din kommune", f"{monday} kl. 11.06"),
        ("Dig selv, med MitID", "for at læse planen eller denne side", f"{monday} kl. 11.05"),
        ("Med begge koder fra dit brev", "for at vælge eller ændre en tid", f"{monday} kl. 11.04"),
        ("Med begge koder fra dit brev", "blev afvist", f"{monday} kl. 11.03"),
        ("Med forløbskoden fra dit brev", "for at vælge eller ændre en tid", f"{monday} kl. 11.02"),
        (f"Planlægger, {clinic.name}", "for at vælge eller ændre en tid", f"{monday} kl. 11.01"),
    ]
    assert len(await looks_at_case(plan.id, most=2)) == 2


def test_every_purpose_that_the_code_names_has_words() -> None:
    named = {purpose for folder in ("portal", "matching", "providers") for purpose in _purposes(ROOT / folder)}
    for words in (PURPOSE_WORDS, look_up_words.PURPOSE_WORDS):
        assert named - words.keys() == set()


def _purposes(folder: Path) -> Iterator[str]:
    """Texts that are given as `purpose=`."""
    texts = (file.read_text(encoding="utf-8") for file in folder.rglob("*.py"))
    for text in (text for text in texts if "purpose=" in text):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.keyword) and node.arg == "purpose" and isinstance(node.value, ast.Constant):
                yield str(node.value.value)
