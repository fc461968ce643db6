"""Cells for files that people open in a spreadsheet."""

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), the full-width forms included.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def cell(value: object) -> str:
    """The value as text, empty for None; an apostrophe goes before whatever could be read as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
