"""What the database itself refuses about books, for each kind of database.

A guard names its refusal by a word after "books: " (``forms/refusals`` turns it into
a sentence). Every trigger's name contains ``_guard``, so that emptying a whole
database (``wugeyi flush``) finds it. A later change of a guard is a migration that
drops and makes it anew.
"""

from typing import Any

from wugeyi.books.migrations.guards import postgresql, sqlite


def add(apps: object, schema_editor: Any) -> None:
    """Add all guards."""
    vendor = schema_editor.connection.vendor
    for statement in (postgresql if vendor == "postgresql" else sqlite).statements():
        schema_editor.execute(statement, params=None)


def remove(apps: object, schema_editor: Any) -> None:
    """Remove all guards."""
    vendor = schema_editor.connection.vendor
    for statement in (postgresql if vendor == "postgresql" else sqlite).removal():
        schema_editor.execute(statement, params=None)
