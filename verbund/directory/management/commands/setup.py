"""`verbund setup`: the first operator of an installation without demonstration data."""

import sys

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.core.errors import DomainError
from verbund.directory.people import operations
from verbund.directory.people.notifications import link_of


class Command(BaseCommand):
    help = "Die erste Person im Betrieb einladen; bis sie angenommen hat, gibt ein neuer Aufruf einen neuen Link."

    def add_arguments(self, parser):
        parser.add_argument("--email", help="E-Mail-Adresse der Person")
        parser.add_argument("--name", help="Vor- und Nachname")

    def handle(self, *, email, name, **options):
        operations.refuse_second_setup(on=today())
        email = (email or ask(_("E-Mail-Adresse: "))).strip()
        try:
            validate_email(email)
        except ValidationError as problem:
            raise DomainError(_("Das ist keine E-Mail-Adresse: %(text)s") % {"text": email}) from problem
        name = (name or ask(_("Vor- und Nachname: "))).strip()
        with transaction.atomic():
            _invitation, token = operations.set_up(email=email, name=name, now=timezone.now(), on=today())
        self.stdout.write(
            _("Mit diesem Link legt %(name)s das Konto an. Er gilt sieben Tage und nur einmal:") % {"name": name}
        )
        self.stdout.write(link_of(token))


def ask(question: str) -> str:
    """Ask on the terminal; without one, say which options are missing."""
    if not sys.stdin.isatty():
        raise DomainError(_("Bitte --email und --name angeben."))
    return input(question)
