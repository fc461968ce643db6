"""The language of each part of a PDF: the library names one for the whole file, and letters bound together have many.

A structure element says its own language where it is not the file's (ISO 32000-1, 14.9.2; PDF/UA-1, 7.2).
"""

from collections.abc import Callable, Sequence
from typing import Any

Finish = Callable[[Any, Any], None]


def parts_spoken(languages: Sequence[str]) -> Finish:
    """What the library does last to a PDF whose sheets speak these languages, one for each; the first is the file's."""

    def finish(_: Any, pdf: Any) -> None:
        sheet = {reference: number for number, reference in enumerate(pdf.page_references)}
        root = _object(pdf, pdf.catalog["StructTreeRoot"])
        document = _object(pdf, root["K"][0])
        for reference in document["K"]:
            part = _object(pdf, reference)
            spoken = languages[sheet[part["Pg"]]]
            if spoken != languages[0]:
                part["Lang"] = f"({spoken})"

    return finish


def _object(pdf: Any, reference: bytes) -> Any:
    """What a reference such as `12 0 R` leads to; objects lie by their numbers."""
    return pdf.objects[int(reference.split()[0])]
