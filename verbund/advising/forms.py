"""Pieces that the forms of all kinds of work share: large fields, and the question whether a text names somebody."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.advising.calculations import Passage, described, passages_naming_people

NO_NAMES = gettext_lazy("keine Namen von Personen oder Familien")
FINE = "names_are_fine"


def lines(rows: int) -> forms.Textarea:
    """Return a field for a text of so many lines."""
    return forms.Textarea(attrs={"rows": rows})


class NamesAsked(forms.Form):
    """A form whose texts are looked through for names; who has read the warning beside the field can confirm it.

    All large fields are read, and those in `free_texts`.
    """

    free_texts: tuple[str, ...] = ()
    names_are_fine = forms.BooleanField(
        label=gettext_lazy("Ich habe die Stellen gelesen: Sie nennen niemanden, der beraten wird"),
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self):
        typed = super().clean()
        is_fine = typed.pop(FINE, False)
        found = {name: passages_naming_people(typed.get(name)) for name in self._texts()}
        found = {name: passages for name, passages in found.items() if passages}
        if found:
            self._ask_below(list(found)[-1])
            if not is_fine:
                self.add_error(FINE, warning([one for passages in found.values() for one in passages]))
        return typed

    def _texts(self) -> list[str]:
        large = (name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea))
        return [*dict.fromkeys([*large, *self.free_texts])]

    def _ask_below(self, name: str) -> None:
        self.fields[FINE].widget = forms.CheckboxInput()
        names = [one for one in self.fields if one != FINE]
        place = names.index(name) + 1
        self.order_fields([*names[:place], FINE, *names[place:]])


def warning(passages: Iterable[Passage]) -> str:
    """Return what is said about passages that look like a person."""
    return _(
        "Im Text steht vielleicht, wer gemeint ist: %s. Streichen Sie die Stelle, oder bestätigen Sie."
    ) % "; ".join(described(passage) for passage in passages)
