"""A moment of the database in a file, and the way back, for each kind of database."""

import sqlite3

from django.db import DatabaseError, connection

from wugeyi.backup.errors import Stopped
from wugeyi.backup.gateway.postgresql import PostgreSQL
from wugeyi.backup.gateway.snapshot import Snapshot
from wugeyi.backup.gateway.sqlite import SQLite

__all__ = ["TROUBLE", "Database", "PostgreSQL", "SQLite", "Snapshot", "configured"]

Database = SQLite | PostgreSQL

TROUBLE = (OSError, DatabaseError, sqlite3.Error)
"""What a full disk, a missing right or a lost server ends in."""


def configured() -> Database:
    """Return the gateway of the configured database.

    Raises
    ------
    Stopped
        It is of a kind that cannot be backed up here.
    """
    if connection.vendor == "sqlite":
        return SQLite()
    if connection.vendor == "postgresql":
        return PostgreSQL()
    raise Stopped(f"No backup for {connection.vendor}.")
