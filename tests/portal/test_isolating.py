"""Names written from right to left stand among other words, in pages, letters and mails, and turn none of them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from portal.isolating import isolated
from portal.language import language
from portal.messages.rendering import mail_html, mail_text
from portal.messages.words import TEMPLATES, Facts
from tests.support.pages import Visitor, text
from tests.support.stories import SOON, a_story
from tests.support.worlds import NOW, a_site

HEBREW, ARABIC = "מרכז השיקום", "مركز إعادة التأهيل"
FACTS = Facts(NOW, "https://genvej.example", "00 00 00 00", "")
TURNING = "\u202edrawkcab"
SIGNS = st.sampled_from("aæ 1(שم\u200f\u202e\u2066\u2068\u2069\U0001e900")


@pytest.mark.parametrize("said", ["", "Østerbro (3)", 7, None, "«Ægir» – Ørsted"])
def test_what_is_written_from_left_to_right_stays_as_it_is(said: object) -> None:
    assert isolated(said) is said


@settings(max_examples=200)
@given(st.text(SIGNS, max_size=12))
def test_whatever_a_name_holds_ends_within_its_isolate(name: str) -> None:
    said = str(isolated(name))
    assert not re.search("[\u202a-\u202e\u2066\u2067]", said)
    depth = 0
    for place, sign in enumerate(said):
        depth += {"\u2068": 1, "\u2069": -1}.get(sign, 0)
        assert depth > 0 or "\u2068" not in said or place == len(said) - 1
    assert depth == 0


@pytest.mark.parametrize(("name", "shown"), [(HEBREW, HEBREW), (ARABIC, ARABIC), (TURNING, "drawkcab")])
def test_in_a_sentence_and_in_a_mail(name: str, shown: str) -> None:
    assert language("en").say("Skriv til %(name)s.", name=name) == f"Skriv til \u2068{shown}\u2069."
    copy = TEMPLATES["doctor_copy"](replace(FACTS, details={"place": name}), language("da"))
    assert f"hos \u2068{shown}\u2069, og" in mail_text(copy, FACTS, language("da"))
    assert f"hos \u2068{shown}\u2069, og" in mail_html(copy, FACTS, language("da"))


async def test_on_the_pages_from_the_site_to_the_review(visitor: Visitor, portal_app: Starlette) -> None:
    """Also a helper's own name; where a name is typed again, it stands as it was typed."""
    story = await a_story(visitor, await a_site(name=HEBREW, slots=[SOON]))
    page = await visitor.get(f"/steder/{story.site.pk}")
    assert f"<title>\u2068{HEBREW}\u2069 – Genvej</title>" in page.html
    page = await story.choose()
    assert f"hos \u2068{HEBREW}\u2069 til dig" in page.words
    page = await story.visitor.submit(page, "/bekraeft", navn=ARABIC, kontrolkode="")
    assert page.field("navn").get("value") == ARABIC
    page = await story.confirm(page, navn=ARABIC)
    assert page.path == "/book"
    assert f"gemt med dit navn: \u2068{ARABIC}\u2069." in text(page.one("header"))
    assert HEBREW in page.words
