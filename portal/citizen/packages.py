"""A package and a level, chosen from lists or written in an address."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from starlette.requests import Request

from matching.plan_facts import Level
from portal.language import Language, language_of
from portal.presenting.forms import Option
from portal.presenting.words import LEVEL_WORDS, package_words
from providers.errors import GenvejError
from providers.reference import Catalogue
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
    catalogue = request.app.state.catalogue
    return _choice_lists(catalogue, language_of(request), package if package in catalogue.packages else "", level)


@lru_cache(maxsize=500)
def _choice_lists(catalogue: Catalogue, spoken: Language, package: str, level: Level | None) -> ChoiceLists:
    packages = [
        Option(code, package_words(entry, spoken), code == package) for code, entry in catalogue.packages.items()
    ]
    levels = [Option(name, spoken.say(LEVEL_WORDS[value]), value is level) for name, value in LEVELS.items()]
    return ChoiceLists(tuple(packages), tuple(levels))


def choice_query(package: str, level: Level) -> str:
    """A package and a level as the search's address names them."""
    return urlencode({"pakke": package, "niveau": next(name for name, value in LEVELS.items() if value is level)})
