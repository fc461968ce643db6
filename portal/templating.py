"""Templates made whole before they are compiled: what never changes is not done again for every page.

Each language has compiled templates of its own, so a sentence without places to fill is plain text by then, and a part
that is included stands where it is included. A list of ten cards would else look up sixty sentences and forty parts.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context

from portal.isolating import isolated
from portal.language import Language

_INCLUDE = re.compile(r"""\{%\s*include\s+"([^"]+)"\s*%\}""")
_SENTENCE = re.compile(r"""\{\{\s*_\((["'])((?:(?!\1)[^\\])*)\1\)\s*\}\}""")


class WholeLoader(FileSystemLoader):
    """The templates of a folder in one language. A mistake in an included part is reported where it is included."""

    def __init__(self, folder: Path, spoken: Language) -> None:
        super().__init__(folder)
        self.spoken = spoken

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, file, is_current = super().get_source(environment, template)

        def part(found: re.Match[str]) -> str:
            """The part's text, in a scope of its own as an included part has it."""
            return "{% with %}" + self.get_source(environment, found[1])[0].rstrip("\n") + "{% endwith %}"

        return _SENTENCE.sub(self._sentence, _INCLUDE.sub(part, source)), file, is_current

    def _sentence(self, found: re.Match[str]) -> str:
        return self.spoken.say(found[2]) % {}


def isolate_names(environment: Environment) -> None:
    """What fills the places of a template's sentences is treated as `Language.say` does; names beside others' words
    by the filter `isolated`.
    """
    environment.filters["isolated"] = isolated
    for name in ("gettext", "ngettext"):
        environment.globals[name] = _isolating(cast(Callable[..., str], environment.globals[name]))


def _isolating(say: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def said(context: Context, *message: str | int, **places: object) -> str:
        return say(context, *message, **{name: isolated(what) for name, what in places.items()})

    return said
