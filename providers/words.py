"""Marking Danish sentences that are translated later."""


def N_(message: str) -> str:
    """Mark a msgid for extraction without translating it: the language is known only when the page is made."""
    return message
