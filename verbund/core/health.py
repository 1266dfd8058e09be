"""Whether the program lives, and whether it can work."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse

from verbund.core.permissions import public


@public
def alive(request):
    """Answer 200 as soon as the process lives; asks nothing."""
    return HttpResponse("ok", content_type="text/plain")


@public
def ready(request):
    """Answer 200 when the database answers and all migrations are applied, else 503; says nothing about data."""
    try:
        executor = MigrationExecutor(connection)
        is_ready = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        is_ready = False
    return HttpResponse("ok" if is_ready else "nicht bereit", status=200 if is_ready else 503, content_type="text/plain")
