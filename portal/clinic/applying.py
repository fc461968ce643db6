"""Apply for a package at a level, with papers that show what the site can do."""

from collections.abc import Mapping

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.plan_facts import Level
from portal.clinic.room import show
from portal.days_typed import DayUnreadable, typed_day
from portal.language import Language, language_of
from portal.presenting.approvals import package_and_level
from portal.presenting.forms import Option, first_error, options, problem_values
from portal.reading import site_number, text_of, whole_number
from portal.request_facts import actor_of, now_of, settings_of
from portal.statuses import status_after
from portal.telling import tell
from portal.uploads import MEGABYTE, Kind, uploads_of
from portal.uploads.errors import UploadRefused
from providers.approving import EvidenceFile, apply
from providers.approving.errors import AlreadyApplied, PackageUnknown, StartMissing
from providers.clock import local_date
from providers.errors import GenvejError
from providers.models import LARGEST_EVIDENCE
from providers.reference import Catalogue
from providers.sites.reading import own_site
from providers.words import N_

MOST_AT_ONCE = 3
LARGEST_FORM = MOST_AT_ONCE * LARGEST_EVIDENCE + MEGABYTE
"""Bytes of a form with all its files."""

_KINDS = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG})
_FIELDS = ("pakke", "fra", "note")
_LONGEST, _LARGEST = 2000, 2**15 - 1


async def ask(request: Request) -> Response:
    """Raises SiteUnknown."""
    return await _page(request, dict.fromkeys(_FIELDS, "") | {"fra": local_date(now_of(request)).isoformat()})


async def send(request: Request) -> Response:
    """Take the application, or say what is wrong; then nothing is kept. Raises SiteUnknown."""
    form = await request.form()
    typed = {name: text_of(form, name)[:_LONGEST] for name in _FIELDS}
    try:
        number = await _apply(request, form, typed)
    except (PackageUnknown, AlreadyApplied) as error:
        return await _page(request, typed, {"pakke": error})
    except (StartMissing, DayUnreadable) as error:
        return await _page(request, typed, {"fra": error})
    except UploadRefused as error:
        return await _page(request, typed, {"filer": error})
    tell(request, N_("Ansøgningen er sendt. Her kan I følge den."))
    return RedirectResponse(f"/klinik/godkendelser/{number}", 303)


async def papers_of(form: FormData) -> list[EvidenceFile]:
    """The files of a form, none if none was chosen; raises UploadRefused."""
    chosen = [file for file in form.getlist("filer") if isinstance(file, UploadFile) and (file.filename or file.size)]
    if not chosen:
        return []
    uploads = await uploads_of(form, "filer", kinds=_KINDS, largest=LARGEST_EVIDENCE, most=MOST_AT_ONCE)
    return [EvidenceFile(upload.name, upload.kind.value, upload.content) for upload in uploads]


async def _apply(request: Request, form: FormData, typed: Mapping[str, str]) -> int:
    wished, number = typed_day(typed["fra"]), whole_number(typed["pakke"], _LARGEST)
    if wished is None:
        raise StartMissing
    return await apply(
        site_number(request),
        number or 0,
        wished_from=wished,
        note=typed["note"],
        files=await papers_of(form),
        actor=actor_of(request),
        now=now_of(request),
        vault=settings_of(request).vault(),
    )


async def _page(
    request: Request, typed: Mapping[str, str], errors: Mapping[str, GenvejError] | None = None
) -> Response:
    spoken, site = language_of(request), await own_site(site_number(request), actor_of(request))
    values = {
        "title": spoken.say("Søg om at levere"),
        "site": site,
        "typed": typed,
        "packages": _options(request.app.state.catalogue, typed["pakke"], spoken),
        "most": MOST_AT_ONCE,
        **problem_values(errors, spoken),
    }
    return await show(request, "clinic/apply.html", values, status=status_after(first_error(errors)))


def _options(catalogue: Catalogue, chosen: str, spoken: Language) -> list[Option]:
    """Every package at every level; placeholders say in their names that they are."""
    offered = {
        str(number): package_and_level(package, Level(level), catalogue, spoken)
        for (package, level), number in catalogue.package_level_ids.items()
    }
    return options(offered, chosen, none=spoken.say("Vælg"))
