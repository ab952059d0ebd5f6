"""Events, seals and heads; guards that refuse to change them; the writers' clock."""

from django.db import migrations, models

TABLES = ("audit_auditevent", "audit_auditseal", "audit_audithead")

# Statement triggers: one per table refuses all three, TRUNCATE included.
GUARD_POSTGRESQL = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit is only ever added to: % of % refused.',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
GUARD_TABLE_POSTGRESQL = """
CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
GUARD_TABLE_SQLITE = """
CREATE TRIGGER {table}_guard_{verb} BEFORE {verb} ON {table} BEGIN
    SELECT RAISE(ABORT, 'The audit is only ever added to: {verb} of {table} refused.');
END
"""

# The number of the writing transaction. The base is 0 until a backup is restored on
# another server, whose transactions count from anywhere; then it is raised so that
# the clock never runs backwards (wugeyi.audit.gateway.rebase).
CLOCK_POSTGRESQL = """
CREATE FUNCTION audit_clock_base() RETURNS bigint LANGUAGE sql IMMUTABLE
    RETURN 0::bigint;
CREATE FUNCTION audit_clock() RETURNS bigint LANGUAGE sql VOLATILE
    RETURN pg_current_xact_id()::text::bigint + audit_clock_base();
ALTER TABLE audit_auditevent ALTER COLUMN writer SET DEFAULT audit_clock();
"""
UNDO_POSTGRESQL = """
ALTER TABLE audit_auditevent ALTER COLUMN writer SET DEFAULT 0;
DROP FUNCTION audit_clock();
DROP FUNCTION audit_clock_base();
DROP FUNCTION audit_refuse() CASCADE;
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CLOCK_POSTGRESQL)
        schema_editor.execute(GUARD_POSTGRESQL, params=None)
        for table in TABLES:
            schema_editor.execute(GUARD_TABLE_POSTGRESQL.format(table=table))
        return
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(GUARD_TABLE_SQLITE.format(table=table, verb=verb))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(UNDO_POSTGRESQL)
        return
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER {table}_guard_{verb}")



class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField(unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('event_id', models.BigIntegerField(unique=True)),
                ('writer', models.BigIntegerField(default=0, editable=False)),
                ('digest', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=60)),
                ('action', models.CharField(max_length=60)),
                ('subject_type', models.CharField(blank=True, max_length=60)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('organisation_id', models.BigIntegerField(null=True)),
                ('before', models.TextField(blank=True)),
                ('after', models.TextField(blank=True)),
                ('writer', models.BigIntegerField(db_default=0, editable=False)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_type', 'subject_id', 'id'], name='audit_subject'), models.Index(fields=['actor_id', 'id'], name='audit_actor'), models.Index(fields=['organisation_id', 'id'], name='audit_organisation'), models.Index(fields=['writer', 'id'], name='audit_order')],
            },
        ),
        migrations.RunPython(guard, unguard),
    ]
