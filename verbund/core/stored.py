"""Whether a table is there to read: what works without a database (`compute`) asks first and creates none."""

from pathlib import Path

from django.db import DatabaseError, connection, models


def has_table(model: type[models.Model]) -> bool:
    """Whether the database exists, answers and has the table of a model; a file that is not there yet stays away."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in name and not Path(name).exists():
        return False
    try:
        return model._meta.db_table in connection.introspection.table_names()
    except DatabaseError:
        return False
