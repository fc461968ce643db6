"""The migrations' base: the ORM's own, but without the work that steps which only write SQL never look at.

The ORM copies its picture of every table before each step, for the steps that compare it with what comes after, and
after each step it makes every model ready to be queried. Ours rarely compare and never query, and with every table and
every step both grow: most of a migration's time went into them.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State

_LOOKS_FORWARD_ONLY = (ops.AddConstraint, ops.AddField, ops.AddIndex, ops.CreateModel, ops.RunSQL)


class Migration(migrations.Migration):
    """What a numbered migration is derived from."""

    async def apply(
        self,
        state: State,
        *,
        dry_run: bool = False,
        schema_editor: BaseSchemaEditor | None = None,
        collect_sql: bool = False,
    ) -> State:
        """Run the steps in the migration's one transaction; any other way of running is the ORM's own."""
        if dry_run or collect_sql or schema_editor is None or not schema_editor.atomic_migration:
            return await super().apply(state, dry_run=dry_run, schema_editor=schema_editor, collect_sql=collect_sql)
        with _made_ready_for(self.operations, state):
            for operation in self.operations:
                before = state if isinstance(operation, _LOOKS_FORWARD_ONLY) else state.clone()
                operation.state_forward(self.app_label, state)
                await operation.database_forward(self.app_label, before, state, schema_editor)
        state.validate_relations_initialized()
        return state


@contextmanager
def _made_ready_for(operations: Iterable[ops.Operation], state: State) -> Iterator[None]:
    """Models that can be queried where one of the steps is a program; otherwise nothing is made ready in the block."""
    if any(isinstance(operation, ops.RunPython) for operation in operations):
        state.apps._build_initial_querysets()
        yield
        return
    state.apps._build_initial_querysets = lambda: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        del state.apps._build_initial_querysets


class _ToldToTheORM:
    """A step that a `RunSQL` of the same migration takes, often in a way that locks less; the ORM only hears of it."""

    async def database_forward(self, *_: object, **__: object) -> None:
        """Nothing."""


class StateField(_ToldToTheORM, ops.AddField):
    """A column that SQL adds."""


class StateChange(_ToldToTheORM, ops.AlterField):
    """A column that SQL changes."""


class StateConstraint(_ToldToTheORM, ops.AddConstraint):
    """A constraint that SQL adds."""


class StateRemoval(_ToldToTheORM, ops.RemoveConstraint):
    """A constraint that SQL drops or replaces."""
