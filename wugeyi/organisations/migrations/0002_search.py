"""Index the words an organisation is found by, each database in its own way.

SQLite: an FTS5 table over the organisation table itself (external content), kept
by triggers, so no write can forget it. ``path`` is indexed too, so "this word, below
that organisation" is an intersection of two lists. Prefix indexes are left out: they
double the time of a bulk load and save 2 ms below a whole province. A later migration that rebuilds the organisation
table drops the triggers with it; tests/organisations/test_search.py notices.

PostgreSQL: a GIN index over the same words.
"""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE organisation_search USING fts5(
           search, path, content='organisations_organisation', content_rowid='id',
           tokenize='unicode61')""",
    """CREATE TRIGGER organisation_search_insert
       AFTER INSERT ON organisations_organisation BEGIN
           INSERT INTO organisation_search (rowid, search, path)
           VALUES (new.id, new.search, new.path);
       END""",
    """CREATE TRIGGER organisation_search_delete
       AFTER DELETE ON organisations_organisation BEGIN
           INSERT INTO organisation_search (organisation_search, rowid, search, path)
           VALUES ('delete', old.id, old.search, old.path);
       END""",
    """CREATE TRIGGER organisation_search_update
       AFTER UPDATE OF search, path ON organisations_organisation BEGIN
           INSERT INTO organisation_search (organisation_search, rowid, search, path)
           VALUES ('delete', old.id, old.search, old.path);
           INSERT INTO organisation_search (rowid, search, path)
           VALUES (new.id, new.search, new.path);
       END""",
)
POSTGRESQL = (
    """CREATE INDEX organisation_search ON organisations_organisation
       USING gin (to_tsvector('simple', search))""",
)


def create(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in SQLITE if vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER organisation_search_{name}", params=None)
        schema_editor.execute("DROP TABLE organisation_search", params=None)
    else:
        schema_editor.execute("DROP INDEX organisation_search", params=None)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
