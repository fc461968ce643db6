"""What a list was narrowed by, each with a link that takes it away again."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.language import Language
from portal.presenting.forms import Option
from portal.presenting.results import SearchForm, list_address


@dataclass(frozen=True, slots=True)
class Tag:
    """`says` is what a screen reader hears instead of the bare label."""

    label: str
    says: str
    href: str


def tags(query: dict[str, str], form: SearchForm, spoken: Language) -> tuple[Tag, ...]:
    """In the order of the form. The place and the package are no narrowing: without them there is no list."""
    return tuple(
        Tag(label, spoken.say("Fjern: %(what)s", what=label), _without(form.action, query, name))
        for name, label in _chosen(form, spoken)
        if name in query
    )


def _chosen(form: SearchForm, spoken: Language) -> Iterator[tuple[str, str]]:
    yield from (("radius", _within(option, spoken)) for option in form.radii if option.chosen)
    if form.private_label:
        yield "private", form.private_label
    wishes = form.wishes
    yield from (("slags", option.label) for option in wishes.kinds if option.chosen)
    yield from (("sprog", option.label) for option in wishes.languages if option.chosen)
    yield from ((box.value, box.label) for group in wishes.groups for box in group.boxes if box.chosen)
    if wishes.in_time:
        yield "frist", wishes.in_time.label


def _within(option: Option, spoken: Language) -> str:
    return spoken.say("Inden for %(radius)s", radius=option.label) if option.value.isdigit() else option.label


def _without(action: str, query: dict[str, str], name: str) -> str:
    return list_address(action, {other: value for other, value in query.items() if other != name})
