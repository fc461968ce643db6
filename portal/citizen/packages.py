"""A package and a level, chosen from lists or written in an address."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from matching.plan_facts import Level
from portal.language import language_of
from portal.presenting.forms import Option
from portal.presenting.words import LEVEL_WORDS, package_words
from providers.errors import GenvejError
from providers.words import N_

LEVELS = {"basal": Level.BASIC, "avanceret": Level.ADVANCED}


class PackageMissing(GenvejError):
    code = "package_missing"
    message = N_("Vælg den forløbspakke, der står i dit brev.")


class LevelMissing(GenvejError):
    code = "level_missing"
    message = N_("Vælg basal eller avanceret. Det står i dit brev.")


@dataclass(frozen=True, slots=True)
class ChoiceLists:
    """The lists to choose from, with what has been chosen."""

    packages: tuple[Option, ...]
    levels: tuple[Option, ...]


def choice_lists(request: Request, package: str = "", level: Level | None = None) -> ChoiceLists:
    """Every package and both levels, in words."""
    spoken, catalogue = language_of(request), request.app.state.catalogue
    packages = [
        Option(code, package_words(entry, spoken), code == package) for code, entry in catalogue.packages.items()
    ]
    levels = [Option(name, spoken.say(LEVEL_WORDS[value]), value is level) for name, value in LEVELS.items()]
    return ChoiceLists(tuple(packages), tuple(levels))


def choice_query(package: str, level: Level) -> str:
    """A package and a level as the search's address names them."""
    return urlencode({"pakke": package, "niveau": next(name for name, value in LEVELS.items() if value is level)})
