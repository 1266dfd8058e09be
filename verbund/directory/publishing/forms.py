"""The form for a publisher's page: its sections in order, each with a place, a heading and a text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.directory.models import PublisherSection
from verbund.directory.publishing import proposals
from verbund.directory.publishing.operations import MOST_SECTIONS

LAST_PLACE = 99


class PlainTextField(forms.CharField):
    """Text of several lines; a line break counts as one character, as in the browser."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class SeenForm(forms.Form):
    """The version that was on the screen; 0 for a page that was never written."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)


class SectionForm(forms.Form):
    position = forms.IntegerField(
        label=_("Platz"), min_value=1, max_value=LAST_PLACE, required=False, widget=forms.NumberInput(attrs={"min": 1})
    )
    heading = forms.CharField(
        label=_("Überschrift"), max_length=PublisherSection._meta.get_field("heading").max_length, required=False
    )
    text = PlainTextField(
        label=_("Text"), max_length=PublisherSection._meta.get_field("text").max_length, required=False
    )
    is_removed = forms.BooleanField(label=_("Diesen Abschnitt entfernen"), required=False)

    def __init__(self, *args, kind: str, **options):
        super().__init__(*args, **options)
        self.kind = kind
        self.fields["text"].help_text = proposals.hint_for(kind, self["heading"].value())
        self.fields["text"].widget.attrs["rows"] = 5

    def clean(self):
        typed = super().clean()
        heading, text = typed.get("heading"), typed.get("text")
        if typed.get("is_removed") or self.errors:
            return typed
        if text and not heading:
            self.add_error("heading", _("Geben Sie dem Abschnitt eine Überschrift."))
        if heading and not text and not proposals.is_proposed(self.kind, heading):
            self.add_error("text", _("Schreiben Sie den Text, oder entfernen Sie den Abschnitt."))
        return typed


class SectionFormSet(forms.BaseFormSet):
    """All sections of a page; a proposed heading without text is not published."""

    default_error_messages = {
        "too_many_forms": _("Eine Seite hat höchstens %(num)d Abschnitte."),
        "missing_management_form": _("Das Formular kam nicht vollständig an. Laden Sie die Seite bitte neu."),
    }

    def rows(self) -> list[dict]:
        """Return what was typed in the order of the places, without what is to be removed and without empty rows.

        Whoever gives a section the place of another one moves it there: from below before it, from above behind it.
        """
        ordered = sorted(enumerate((form.cleaned_data for form in self.forms), start=1), key=_place)
        kept = [row for _number, row in ordered if not row["is_removed"] and (row["heading"] or row["text"])]
        return [{"heading": row["heading"], "text": row["text"]} for row in kept]

    def sections(self) -> list[tuple[str, str]]:
        """Return what is to be published: heading and text."""
        return [(row["heading"], row["text"]) for row in self.rows() if row["text"]]

    def count_empty(self) -> int:
        """Return how many rows were left empty."""
        return sum(1 for form in self.forms if not (form["heading"].value() or form["text"].value()))


def _place(numbered: tuple[int, dict]) -> tuple[int, int]:
    """Return where a row goes: its place, and among those of the same place whether it came from below or above."""
    number, row = numbered
    place = row["position"] or LAST_PLACE
    came_from = 0 if place == number else -1 if place < number else 1
    return place, came_from


Sections = forms.formset_factory(
    SectionForm,
    formset=SectionFormSet,
    extra=0,
    max_num=MOST_SECTIONS,
    absolute_max=MOST_SECTIONS + 1,
    validate_max=True,
)


def sections_form(kind: str, data) -> SectionFormSet:
    """Return the form with what was sent."""
    return Sections(data, prefix="abschnitt", form_kwargs={"kind": kind})


def sections_form_with(kind: str, rows: list[dict], *, empty: int = 1) -> SectionFormSet:
    """Return the form with these rows numbered from 1 and some empty ones behind them, as many as fit."""
    rows = [*rows, *({} for _number in range(empty))][: max(MOST_SECTIONS, len(rows))]
    initial = [{**row, "position": position} for position, row in enumerate(rows, start=1)]
    return Sections(initial=initial, prefix="abschnitt", form_kwargs={"kind": kind})


def first_rows(kind: str, sections: list[tuple[str, str]]) -> list[dict]:
    """Return the rows a form begins with: what is stored, or the proposed headings where nothing is."""
    if sections:
        return [{"heading": heading, "text": text} for heading, text in sections]
    return [{"heading": str(one.heading)} for one in proposals.PROPOSALS[proposals.Kind(kind)]]
