"""Every reason has a sentence a citizen can read."""

import re

from matching.rights import Reason
from matching.rights_words import REASON_WORDS

DATED = {Reason.CANNOT_OFFER, Reason.OFFERED_TOO_LATE, Reason.DEADLINE_PASSED, Reason.OPENS_LATER}


def test_every_reason_has_its_own_short_sentence() -> None:
    assert set(REASON_WORDS) == set(Reason)
    assert len(set(REASON_WORDS.values())) == len(Reason)
    assert max(map(len, REASON_WORDS.values())) <= 160


def test_only_reasons_with_a_date_ask_for_one() -> None:
    assert {reason for reason, words in REASON_WORDS.items() if "%(date)s" in words} == DATED
    assert set(re.findall(r"%\(?\w*\)?\w?", " ".join(REASON_WORDS.values()))) == {"%(date)s"}


def test_no_code_reaches_the_citizen() -> None:
    text = " ".join(REASON_WORDS.values()).lower()
    assert "_" not in text
    assert "afslået" not in text
