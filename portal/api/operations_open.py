"""Operations that anybody may ask: reference data and published figures."""

from typing import Any

from portal.api import examples
from portal.api.answers import Packages, PostalCodes
from portal.api.figures import FigureUnknown, OpenFigures, get_figure_file, get_figures
from portal.api.operation import Operation
from portal.api.questions import Nothing, PostalCodeQuestion
from portal.api.reference import get_packages, get_postal_codes
from portal.presenting.spreadsheets import MEDIA_TYPE

OPEN: tuple[Operation[Any], ...] = (
    Operation(
        method="GET",
        path="/api/v1/packages",
        name="listPackages",
        summary="The packages that a plan may name",
        question=Nothing,
        endpoint=get_packages,
        answer=Packages,
        example=examples.PACKAGES,
        kept=True,
    ),
    Operation(
        method="GET",
        path="/api/v1/figures",
        name="readFigures",
        summary="How quickly training begins and how the choice is used, by municipality, month and package",
        description="Day 0 is the discharge, or the later start that the plan asks for on health grounds; in time is "
        "within seven days.",
        question=Nothing,
        endpoint=get_figures,
        answer=OpenFigures,
        example=examples.FIGURES,
        kept=True,
    ),
    Operation(
        method="GET",
        path="/api/v1/figures/{name}.csv",
        name="readFigureFile",
        summary="One of the tables as a file for spreadsheets",
        description="UTF-8 with a byte order mark, semicolons, every cell in quotation marks; hidden cells are empty. "
        "The last line has the sums.",
        question=Nothing,
        endpoint=get_figure_file,
        answer=str,
        example=examples.FIGURE_FILE,
        sends=MEDIA_TYPE,
        errors=(FigureUnknown,),
    ),
    Operation(
        method="GET",
        path="/api/v1/postal-codes",
        name="findPostalCodes",
        summary="Postal codes by the beginning of their number or name",
        question=PostalCodeQuestion,
        endpoint=get_postal_codes,
        answer=PostalCodes,
        example=examples.POSTAL_CODES,
        kept=True,
    ),
)
