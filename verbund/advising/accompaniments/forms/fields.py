"""Pieces the forms share: the words to choose from, minutes."""

from django import forms
from django.utils.translation import gettext_lazy

from verbund.advising.models import LONGEST_DAY
from verbund.offers.models import Term

CHOOSE = gettext_lazy("Bitte wählen")
ATTENDED_HELP = gettext_lazy("Funktion und Zahl, keine Namen: 3 Erzieherinnen, 1 Kita-Leitung")


class Words:
    """The words in use of a few kinds, fetched with one statement, for selects."""

    def __init__(self, *kinds: str, keep=()):
        kept = [term for term in keep if term is not None]
        found = [*Term.objects.filter(kind__in=kinds, is_in_use=True), *kept]
        self.terms = {term.pk: term for term in found}

    def field(self, kind: str, label, **options) -> forms.TypedChoiceField:
        """Return a select of the words of one kind; its value is the term."""
        terms = sorted((term for term in self.terms.values() if term.kind == kind), key=lambda one: one.position)
        choices = [("", "–"), *((term.pk, term.name) for term in terms)]
        return forms.TypedChoiceField(
            label=label,
            choices=choices,
            coerce=lambda pk: self.terms[int(pk)],
            empty_value=None,
            required=False,
            **options,
        )


def minutes_field(**options) -> forms.IntegerField:
    return forms.IntegerField(
        label=gettext_lazy("Minuten"), min_value=1, max_value=LONGEST_DAY, required=False, **options
    )
