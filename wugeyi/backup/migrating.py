"""Migrations in a fraction of Django's time: what only adds does not load all anew.

After each step Django makes anew the classes of all models that are related to the
changed one. Here nearly all are, so one more table costs as much as two hundred. In a
migration that only adds, the class of the step's own model is enough; every other
migration runs as in Django.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.core.management.commands import migrate
from django.db.migrations import Migration, operations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

ADDING = (
    operations.CreateModel,
    operations.AddField,
    operations.AddIndex,
    operations.AddConstraint,
    operations.RunPython,
    operations.RunSQL,
)


def adds_only(migration: Migration) -> bool:
    """Tell whether no step of a migration changes or removes what was there."""
    return all(isinstance(each, ADDING) for each in migration.operations)


class AddingState(ProjectState):
    """The models between two steps. While only adding, others' classes may be older.

    `is_delayed` tells Django so: it makes all anew before it runs Python of a
    migration, or tells apps that it has migrated.
    """

    only_adds = False

    def _find_reload_model(
        self, app_label: str, model_name: str, *args: Any, **options: Any
    ) -> set[tuple[str, str]]:
        """Name the models whose classes a step makes anew."""
        if not self.only_adds:
            found: set[tuple[str, str]] = super()._find_reload_model(  # type: ignore[misc]
                app_label, model_name, *args, **options
            )
            return found
        self.is_delayed = True
        return {(app_label, model_name)}

    def clone(self) -> "AddingState":
        """Return the same of the same kind."""
        made = super().clone()
        made.__class__ = type(self)
        return cast("AddingState", made)

    def begin(self, *, only_adds: bool) -> None:
        """Be ready for a migration; what does more than add finds all classes anew."""
        self.only_adds = only_adds
        if not only_adds and self.is_delayed:
            self.clear_delayed_apps_cache()
            self.is_delayed = False
            # Now, as Django does: what is made first comes first in a remade table.
            _ = self.apps


class AddingExecutor(MigrationExecutor):
    """Django's, with states that know what a migration does."""

    def _create_project_state(self, *args: Any, **options: Any) -> AddingState:
        made = super()._create_project_state(*args, **options)  # type: ignore[misc]
        return AddingState(made.models, made.real_apps)

    def apply_migration(
        self, state: ProjectState, migration: Migration, *args: Any, **options: Any
    ) -> ProjectState:
        """Apply one migration."""
        if isinstance(state, AddingState):
            state.begin(only_adds=adds_only(migration))
        return super().apply_migration(state, migration, *args, **options)


@contextmanager
def adding() -> Iterator[None]:
    """Let Django's command migrate work with this executor."""
    before = vars(migrate)["MigrationExecutor"]
    vars(migrate)["MigrationExecutor"] = AddingExecutor
    try:
        yield
    finally:
        vars(migrate)["MigrationExecutor"] = before
