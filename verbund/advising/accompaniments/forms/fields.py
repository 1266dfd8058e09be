"""Pieces the forms share: the words to choose from, and the question whether a text names somebody."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.advising.accompaniments.calculations import described, passages_naming_people
from verbund.advising.models import LONGEST_DAY
from verbund.offers.models import Term

CHOOSE = gettext_lazy("Bitte wählen")
ATTENDED_HELP = gettext_lazy("Funktion und Zahl, keine Namen: 3 Erzieherinnen, 1 Kita-Leitung")
NO_NAMES = gettext_lazy("keine Namen von Personen oder Familien")


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


class NamesAsked(forms.Form):
    """A form whose free texts are looked through for names; who has read the warning can confirm it."""

    free_texts: tuple[str, ...] = ()
    names_are_fine = forms.BooleanField(
        label=gettext_lazy("Ich habe die Stellen gelesen: Sie nennen niemanden, der beraten wird"),
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self):
        typed = super().clean()
        found = [passage for name in self.free_texts for passage in passages_naming_people(typed.get(name, ""))]
        if found:
            asked = self.fields["names_are_fine"] = self.fields.pop("names_are_fine")  # below what it is about
            asked.widget = forms.CheckboxInput()
            if not typed.get("names_are_fine"):
                self.add_error("names_are_fine", warning(found))
        return typed


def warning(passages) -> str:
    """Return what is said about passages that look like a person."""
    return _(
        "Im Text steht vielleicht, wer gemeint ist: %s. Streichen Sie die Stelle, oder bestätigen Sie."
    ) % "; ".join(described(passage) for passage in passages)
