"""The words that MedCom wants beside the data of each resource, in Danish and in English."""

from html import escape

from matching.reports.formats.fhir import Resource


def narrative(danish: str, english: str) -> Resource:
    """A generated narrative of one sentence in each language."""
    both = f'<p lang="da">{escape(danish)}</p><p lang="en">{escape(english)}</p>'
    return {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{both}</div>'}
