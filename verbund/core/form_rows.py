"""Rows of a form: several small forms of one kind on a page, of which an emptied one is no row."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.form_fields import DayField

CHOOSE = ("", _("Bitte wählen"))
NO_ORDER = _("Das Ende liegt vor dem Beginn.")


def day_field(label, **options):
    """Return a day that is typed as 24.12.2026, as people have it in their heads and on paper."""
    widget = forms.DateInput(format="%d.%m.%Y", attrs={"placeholder": "24.12.2026"})
    return DayField(label=label, widget=widget, input_formats=["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"], **options)


class Row(forms.Form):
    """One row; without any of the fields `asked` it counts as empty and is dropped."""

    asked: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        return any(str(self[name].data or "").strip() for name in self.asked)


class RowSet(forms.BaseFormSet):
    """Rows of one kind. `row_kwargs` goes to each of them."""

    default_error_messages = {
        "missing_management_form": _(
            "Die Seite kam unvollständig an. Laden Sie sie neu und versuchen Sie es noch einmal."
        ),
        "too_many_forms": _("Das sind zu viele Zeilen. Höchstens %(num)d sind möglich."),
    }

    def __init__(self, *args, row_kwargs=None, **options):
        self.row_kwargs = row_kwargs or {}
        super().__init__(*args, **options)

    def get_form_kwargs(self, index):
        return {"empty_permitted": True, "use_required_attribute": False, **self.row_kwargs}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("diese Zeile streichen")

    @property
    def kept_forms(self) -> list:
        """Return the rows that say something and are not struck out; the set must be valid."""
        return [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    def as_content(self) -> tuple:
        return tuple(form.as_content() for form in self.kept_forms)


class ShareRowSet(RowSet):
    """Rows that each pay a share; one alone needs none said, several do."""

    def clean(self):
        """Ask for a share where several pay."""
        if any(self.errors):
            return
        kept = self.kept_forms
        for form in kept if len(kept) > 1 else ():
            if form.cleaned_data["share"] is None:
                form.add_error("share", _("Bezahlen mehrere, braucht jede Zeile ihren Anteil."))


class SeenForm(forms.Form):
    """What was on the screen beside the rows, and the place for what the rules of the trade refuse."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)


def row_set(row, prefix: str, data, initial, *, most: int, extra: int, formset=RowSet, **row_kwargs) -> RowSet:
    """Return at most `most` rows of a kind, typed (`data`) or stored (`initial`), and `extra` empty ones."""
    factory = forms.formset_factory(
        row, formset=formset, extra=extra, can_delete=True, max_num=most, absolute_max=most + 5, validate_max=True
    )
    return factory(data, initial=None if data is not None else initial, prefix=prefix, row_kwargs=row_kwargs)
