"""`verbund flush`: empties the database, the append-only audit trail included. Tests rely on it."""

from django.core.management.commands import flush

from verbund.core import audit, search


class Command(flush.Command):
    def handle(self, **options):
        with audit.unlocked(options["database"]):
            super().handle(**options)
        search.refresh(options["database"])
