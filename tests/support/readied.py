"""What is learned of the models and of the database's types is learned once, not for every database a test opens.

The ORM works out each model's filters and columns anew whenever it is initialised, though the classes and the kind of
database never change. That is most of what opening one of a thousand databases costs.
"""

from collections.abc import Sequence
from functools import cache, wraps
from typing import Any

from asyncpg.connection import Connection
from tortoise import Model, fields, models
from tortoise.apps import Apps
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.relational import BackwardFKRelation, ManyToManyFieldInstance
from tortoise.filters import get_filters_for_field


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
    models.get_filters_for_field = _filters_for_field  # type: ignore[assignment]


_OF_THEIR_OWN = (ManyToManyFieldInstance, BackwardFKRelation, fields.JSONField, ArrayField)


def _filters_for_field(field_name: str, field: fields.Field[Any] | None, source_field: str) -> dict[str, Any]:
    """What a migration's picture of the tables spends most of its time on: the same for every field of a name."""
    if field is None or isinstance(field, _OF_THEIR_OWN):
        return get_filters_for_field(field_name, field, source_field)
    return _filters_of_name(field_name, field.model_field_name, source_field)


@cache
def _filters_of_name(field_name: str, model_field_name: str, source_field: str) -> dict[str, Any]:
    field = fields.IntField()
    field.model_field_name = model_field_name
    return get_filters_for_field(field_name, field, source_field)


_BUILT_IN = 16_384
"""Numbers below belong to the server's own types, which are the same in all databases."""


def know_types_once() -> None:
    """Every new connection asks how an array of numbers is made, with a query that is dearer than most of ours."""
    ask = Connection._introspect_types
    known: dict[frozenset[int], Any] = {}

    @wraps(ask)
    async def once(self: Connection, numbers: Sequence[int], *patience: Any) -> Any:
        key = frozenset(numbers)
        if key not in known:
            answer = await ask(self, numbers, *patience)
            if max(key) >= _BUILT_IN:
                return answer
            known[key] = answer
        return known[key]

    Connection._introspect_types = once
