"""Every component in every state, on data that is nobody's: for whoever changes how something looks.

`/_components` lists the pages; production has none of them.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from portal.access import Audience, page
from portal.components import asked, cased, listed, roomed, stepped, worked
from portal.language import Language, language_of
from portal.rendering import render
from portal.request_facts import settings_of

Sample = Callable[[Language], Mapping[str, Any]]

SAMPLES: Mapping[str, tuple[str, Sample]] = MappingProxyType(
    {
        "trin": ("components/steps.html", stepped.in_time),
        "for-sent": ("components/steps.html", stepped.too_late),
        "liste": ("results.html", listed.full),
        "tom-liste": ("results.html", listed.empty),
        "forkert-soegning": ("results.html", listed.wrong),
        "sammenlign": ("compare.html", listed.compared),
        "ingen-tid": ("no_time.html", asked.wrong),
        "ingen-tid-bedt": ("no_time.html", asked.promised),
        "opgaver": ("municipality/tasks.html", worked.tasks),
        "ingen-opgaver": ("municipality/tasks.html", worked.no_tasks),
        "sag": ("municipality/case.html", cased.case),
        "lukket-sag": ("municipality/case.html", cased.closed_case),
        "uge": ("clinic/times.html", cased.week),
        "personale": ("components/staff.html", roomed.everything),
    }
)
"""Part of the address → the template, and what it is shown with."""


async def index(request: Request) -> Response:
    """The list of the pages."""
    _not_in_production(request)
    return render(request, "components/index.html", {"title": "Komponenter", "samples": list(SAMPLES)})


async def sample(request: Request) -> Response:
    """One of them."""
    _not_in_production(request)
    template, values = SAMPLES.get(request.path_params["name"], (None, None))
    if template is None or values is None:
        raise HTTPException(404)
    return render(request, template, values(language_of(request)))


def _not_in_production(request: Request) -> None:
    if settings_of(request).production:
        raise HTTPException(404)


ROUTES = [
    page("/_components", index, audience=Audience.PUBLIC, name="components"),
    page("/_components/{name}", sample, audience=Audience.PUBLIC, name="component"),
]
