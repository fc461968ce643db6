"""From words to what is sent: plain text and HTML for a mail, a few lines for an SMS."""

from portal.language import Language
from portal.messages.words import Facts, Words
from portal.rendering import environment


def mail_text(words: Words, facts: Facts, spoken: Language) -> str:
    """The plain part, in short paragraphs."""
    return "\n\n".join([*words.sentences, *_endings(facts, spoken)]) + "\n"


def mail_html(words: Words, facts: Facts, spoken: Language) -> str:
    """The same as HTML: nothing is fetched, so that nobody learns that it was read."""
    values = {"words": words, "endings": _endings(facts, spoken), "language": spoken.code}
    return environment(spoken.code).get_template("messages/mail.html").render(values)


def sms_text(words: Words, facts: Facts, spoken: Language) -> str:
    """One paragraph."""
    stop = spoken.say("Stop: %(url)s", url=facts.stop) if facts.stop else ""
    return " ".join(filter(None, ["Genvej:", *words.sentences, stop]))


def _endings(facts: Facts, spoken: Language) -> list[str]:
    """Why this came, and the way out of it."""
    endings = [spoken.say("Beskeden kommer fra Genvej og kan ikke besvares.")]
    if facts.stop:
        endings.append(spoken.say("Vil du ikke have flere beskeder, så gå ind på %(url)s", url=facts.stop))
    return endings
