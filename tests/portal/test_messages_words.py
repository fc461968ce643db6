"""Whoever holds the telephone may read it: no message says where, for what, or about whom."""

import re
from dataclasses import replace

import pytest

from portal.language import LANGUAGES, language
from portal.messages.rendering import mail_html, mail_text, sms_text
from portal.messages.words import TEMPLATES, Facts
from tests.support.worlds import NOW

FACTS = Facts(NOW, "https://genvej.example", "00 00 00 00", "https://genvej.example/stop/abc")
# Stems, Danish and English, of what tells something of somebody's health.
TELLING = re.compile(
    r"genoptr|rehab|træn|train|exerci|kirurg|surg|medic|basal|basic|avance|advance|niveau|level|pakke|package|diagnos|"
    r"patient|syg|hospital|klinik|clinic|terap|therap|læge|doctor|cpr|forløb|kommune|municipal|underekstremitet|limb",
    re.IGNORECASE,
)
FOR_ANYBODY = sorted(TEMPLATES.keys() - {"doctor_copy"})


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("template", FOR_ANYBODY)
def test_nothing_of_health_is_said(template: str, code: str) -> None:
    spoken = language(code)
    words = TEMPLATES[template](FACTS, spoken)
    said = [words.subject, *(render(words, FACTS, spoken) for render in (mail_text, mail_html, sms_text))]
    assert [found for text in said for found in TELLING.findall(text)] == []
    assert all("%(" not in text for text in said)


def test_only_the_doctor_is_told_of_a_place() -> None:
    facts = replace(FACTS, details={"place": "Knæklinikken"})
    naming = [name for name in TEMPLATES if "Knæ" in str(TEMPLATES[name](facts, language("da")))]
    assert naming == ["doctor_copy"]


def test_an_sms_is_short_and_its_facts_are_in_it() -> None:
    for template in sorted(TEMPLATES.keys() - {"doctor_copy", "letter"}):
        text = sms_text(TEMPLATES[template](FACTS, language("da")), FACTS, language("da"))
        # Three parts of a concatenated SMS in the 7-bit alphabet, which has the Danish letters (3GPP TS 23.038).
        assert len(text) <= 3 * 153, template
        assert "https://genvej.example" in text


def test_an_address_can_be_pressed() -> None:
    html = mail_html(TEMPLATES["booked"](FACTS, language("da")), FACTS, language("da"))
    assert '<a href="https://genvej.example" rel="noopener">https://genvej.example</a>' in html
    assert '<a href="https://genvej.example/stop/abc" rel="noopener">' in html


def test_what_is_put_into_a_page_is_escaped() -> None:
    facts = replace(FACTS, help_phone="<b>1</b>")
    html = mail_html(TEMPLATES["booked"](facts, language("da")), facts, language("da"))
    assert "&lt;b&gt;1&lt;/b&gt;" in html
