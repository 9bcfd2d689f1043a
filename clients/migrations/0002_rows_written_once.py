"""Make the database itself refuse to change rows that are written once.

A migration that rebuilds one of these tables on SQLite drops its trigger;
call `protect` again in the same migration.
"""

from django.db import migrations

TABLES = (
    "clients_answer",
    "clients_answerreview",
    "clients_auditevent",
    "clients_savedform",
    "clients_submission",
)
# Retention may one day remove answers; the ledger is never thinned out by the application.
NEVER_DELETED = ("clients_auditevent",)


def protect(apps, schema_editor):
    """Add the triggers. SQLite's own DELETE stays open: it is how its test databases are emptied."""
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_written_once BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} rows are written once'); END"
            )
    elif vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION clients_written_once() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'these rows are written once'; END $$"
        )
        for table in TABLES:
            events = "UPDATE OR DELETE" if table in NEVER_DELETED else "UPDATE"
            schema_editor.execute(
                f"CREATE TRIGGER {table}_written_once BEFORE {events} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION clients_written_once()"
            )


def open_again(apps, schema_editor):
    """Take the triggers away."""
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {table}_written_once")
        elif vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_written_once ON {table}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION clients_written_once()")


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_first_tables")]

    operations = [migrations.RunPython(protect, open_again)]
