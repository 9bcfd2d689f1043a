"""Make the database itself refuse to change a signed plan, a decision or a paper.

A migration that rebuilds one of these tables on SQLite drops its trigger;
call `protect` again in the same migration.
"""

from django.db import migrations

WRITTEN_ONCE = ("planning_attorneydecision", "planning_document")
CONTENT = (
    "public_id", "matter_id", "number", "reference", "facts", "assumptions", "result", "record_fingerprint",
    "law_fingerprint", "engine_version", "computed_at", "computed_by_id", "signed_off_at", "signed_off_by_id",
    "sign_off_note", "projected_law_acknowledged",
)


def protect(apps, schema_editor):
    """Add the triggers."""
    vendor = schema_editor.connection.vendor
    if vendor == "sqlite":
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in CONTENT)
        schema_editor.execute(
            "CREATE TRIGGER planning_plan_frozen BEFORE UPDATE ON planning_plan "
            f"WHEN OLD.status <> 'computed' AND ({changed} OR NEW.status = 'computed') "
            "BEGIN SELECT RAISE(ABORT, 'a signed plan stays as it is'); END"
        )
        for table in WRITTEN_ONCE:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_written_once BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} rows are written once'); END"
            )
    elif vendor == "postgresql":
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in CONTENT)
        schema_editor.execute(
            "CREATE FUNCTION planning_frozen() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'these rows stay as they are'; END $$"
        )
        schema_editor.execute(
            "CREATE TRIGGER planning_plan_frozen BEFORE UPDATE ON planning_plan FOR EACH ROW "
            f"WHEN (OLD.status <> 'computed' AND ({changed} OR NEW.status = 'computed')) "
            "EXECUTE FUNCTION planning_frozen()"
        )
        for table in WRITTEN_ONCE:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_written_once BEFORE UPDATE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION planning_frozen()"
            )


def open_again(apps, schema_editor):
    """Take the triggers away."""
    vendor = schema_editor.connection.vendor
    tables = {"planning_plan": "planning_plan_frozen"} | {table: f"{table}_written_once" for table in WRITTEN_ONCE}
    for table, trigger in tables.items():
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {trigger}")
        elif vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {trigger} ON {table}")
    if vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION planning_frozen()")


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_first_tables")]

    operations = [migrations.RunPython(protect, open_again)]
