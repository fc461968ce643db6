"""The English is complete, fits its Danish place for place, and is what the command would write."""

import re

from babel.messages.catalog import Catalog, Message

from matching.rights_words import REASON_WORDS
from matching.state_words import BOOKING_WORDS, NO_ACTIVITY_WORDS, PLAN_WORDS, STOP_REASON_WORDS
from portal import translating
from portal.language import language
from portal.statuses import STATUS
from providers.reference.loader import read

PLACE = re.compile(r"%\(\w+\)s")


def test_every_sentence_is_translated_and_no_translation_is_left_over() -> None:
    known = translating.english()
    assert {message.id for message in translating.sentences() if message.id} == ids(known)
    assert [message.id for message in known if message.id and not translating.is_translated(message.string)] == []
    assert [message.id for message in known if message.fuzzy] == []
    assert known.obsolete == {}


def test_a_translation_has_the_places_of_its_sentence() -> None:
    for message in translating.english():
        if not message.id:
            continue
        places = set(PLACE.findall(forms(message.id)[-1]))
        assert all(set(PLACE.findall(form)) == places for form in forms(message.string)), message.id


def test_the_file_is_as_the_command_writes_it() -> None:
    before = translating.ENGLISH.read_bytes()
    assert translating.text_of(translating.merged()) == before


def test_words_that_are_not_written_in_the_code_are_translated_too() -> None:
    """Messages of errors, reasons and states are taken from tables, and names from the reference data."""
    english = language("en")
    tables = (REASON_WORDS, BOOKING_WORDS, NO_ACTIVITY_WORDS, PLAN_WORDS, STOP_REASON_WORDS)
    said = [words for table in tables for words in table.values()]
    said += [error.message for error in STATUS]
    said += [str(row["area_name"]) for row in read("packages.csv")]
    assert [words for words in said if english.say(words) == words] == []


def ids(catalogue: Catalog) -> set[Message]:
    return {message.id for message in catalogue if message.id}


def forms(said: str | tuple[str, ...] | list[str]) -> list[str]:
    """A sentence, or its singular and its plural."""
    return [said] if isinstance(said, str) else list(said)
