"""For which packages weekly times are kept, in words and as boxes to tick."""

from collections.abc import Collection, Iterable

from portal.language import Language
from portal.presenting.approvals import package_and_level
from portal.presenting.forms import Option
from providers.reference import Catalogue


def package_options(
    delivered: Collection[int], chosen: Collection[int], catalogue: Catalogue, spoken: Language
) -> list[Option]:
    """What the site is approved for, and what the times are for already; none where there is nothing to choose."""
    numbers = sorted({*delivered, *chosen})
    words = [(number, package_words_of(number, catalogue, spoken)) for number in numbers]
    return [Option(str(number), label, number in chosen) for number, label in words] if len(words) > 1 else []


def only_for(numbers: Iterable[int] | None, catalogue: Catalogue, spoken: Language) -> str:
    """`kun 01 Underekstremitet, kirurgisk · Basal`; nothing where times are for all that the site delivers."""
    named = "; ".join(package_words_of(number, catalogue, spoken) for number in numbers or ())
    return spoken.say("kun %(packages)s", packages=named) if named else ""


def package_words_of(number: int, catalogue: Catalogue, spoken: Language) -> str:
    package, level = catalogue.levels_by_number[number]
    return package_and_level(package.code, level, catalogue, spoken)
