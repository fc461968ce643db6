"""The ORM's models are made ready once, not for every database that a test opens.

The ORM works out each model's filters and columns anew whenever it is initialised, though the classes and the kind of
database never change. That is most of what opening one of a thousand databases costs.
"""

from functools import wraps

from tortoise import Model
from tortoise.apps import Apps


def ready_models_once() -> None:
    """Leave out the work of a second time; the states that migrations build in between have classes of their own."""
    prepare = Apps._build_initial_querysets
    ready: set[type[Model]] = set()

    @wraps(prepare)
    def once(self: Apps) -> None:
        models = {model for app in self.apps.values() for model in app.values()}
        if type(self) is not Apps or models != ready:
            prepare(self)
        if type(self) is Apps:
            ready.update(models)

    Apps._build_initial_querysets = once  # type: ignore[method-assign]
