"""`verbund doctor`: look at everything; exit status 1 when something is wrong."""

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verbund.core import doctor


class Command(BaseCommand):
    help = "Prüfen, ob alles in Ordnung ist."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--quick", action="store_true", help="nur 100 Dokumente nachrechnen statt aller")

    def handle(self, *, quick, **options):
        findings = doctor.examine(every_file=not quick)
        for finding in findings:
            sign = _("gut") if finding.is_fine else _("FEHLER")
            self.stdout.write(f"{sign:<7} {finding.what}: {finding.found}")
        wrong = sum(not finding.is_fine for finding in findings)
        if wrong:
            raise CommandError(ngettext("%d Fehler gefunden.", "%d Fehler gefunden.", wrong) % wrong)
