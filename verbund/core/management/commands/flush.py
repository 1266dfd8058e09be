"""`verbund flush`: empties the database, append-only tables included. Tests rely on it."""

from django.core.management.commands import flush

from verbund.core import append_only, search


class Command(flush.Command):
    def handle(self, **options):
        with append_only.unlocked(options["database"]):
            super().handle(**options)
        search.refresh(options["database"])
