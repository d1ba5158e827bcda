"""The table that the search finds words in; Django knows nothing of it, and `rebuild_search` fills it."""

from django.db import migrations

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE announcements_search "
        "USING fts5(title, names, body, tokenize = 'ascii', detail = full)"
    ],
    "postgresql": [
        "CREATE TABLE announcements_search (key bigint PRIMARY KEY, "
        "title tsvector NOT NULL, named tsvector NOT NULL, document tsvector NOT NULL)",
        "CREATE INDEX announcements_search_title ON announcements_search USING gin (title)",
        "CREATE INDEX announcements_search_named ON announcements_search USING gin (named)",
        "CREATE INDEX announcements_search_document ON announcements_search USING gin (document)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE announcements_search")


class Migration(migrations.Migration):
    dependencies = [
        ("announcements", "0005_free_the_address_of_compare"),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
