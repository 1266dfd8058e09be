"""`verbund migrate`: bring tables and reference data up to date."""

from django.core.management import BaseCommand

from verbund.core import preparation, search
from verbund.core.logs import say


class Command(BaseCommand):
    help = "Datenbank einrichten oder auf den Stand dieser Fassung bringen, Stammdaten laden."
    requires_system_checks = []

    def handle(self, **options):
        preparation.bring_up_to_date()
        if not search.is_in_step():
            search.refresh()
            say("Der Suchindex wurde neu aufgebaut.")
        say(f"Die Datenbank ist auf dem Stand dieser Fassung: {preparation.database_in_words()}")
