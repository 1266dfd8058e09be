"""The parts of the form of an entry that stand once: its texts and terms, and each place where it happens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.core.digits import latin_digits
from verbund.core.form_rows import CHOOSE, NO_ORDER, day_field
from verbund.core.money import MoneyFormField
from verbund.core.plain_text import without_overrides
from verbund.offers.content import TEXT_FIELDS
from verbund.offers.editing.words import KINDS, Words
from verbund.offers.models import Offer, Term

REMOTE, NEW = "fern", "neu"
OLDEST = 120
HELP = {
    "title": _("zum Beispiel: Sprachcafé für Frauen"),
    "summary": _("kurz und einfach, zum Beispiel: Deutsch sprechen bei Kaffee und Tee"),
    "next_steps": _("zum Beispiel: Kommen Sie einfach vorbei. Oder: Rufen Sie vorher an."),
    "contact_function": _("eine Funktion, kein Name, zum Beispiel: Büro des Vereins"),
    "website": _("zum Beispiel: www.verein.de"),
    "fee_note": _("zum Beispiel: ermäßigt 2 €"),
    "to_bring": _("zum Beispiel: Ausweis, Zeugnisse"),
    "description": _("alles Weitere, in kurzen Sätzen"),
}
TERM_LABELS = {
    Term.Kind.NEED: _("Worum geht es?"),
    Term.Kind.AUDIENCE: _("Für wen?"),
    Term.Kind.FIELD: _("Handlungsfelder"),
    Term.Kind.CHAIN_STAGE: _("Stufen der Bildungskette"),
}


def term_field(kind: str) -> str:
    return f"terms_{kind.lower()}"


def read_phone(typed: str) -> str:
    """Return a telephone number with our digits. Raises ValidationError where there is none in it."""
    number = latin_digits(typed).strip()
    if number and not any(sign.isdigit() for sign in number):
        raise forms.ValidationError(_("Das ist keine Telefonnummer. Beispiel: 0212 290-0"))
    return number


class EntryForm(forms.Form):
    """Texts, terms and contact of an entry. Labels and lengths are those of the model."""

    minimum_age = forms.IntegerField(label=_("ab Jahren"), min_value=0, max_value=OLDEST, required=False)
    maximum_age = forms.IntegerField(label=_("bis Jahre"), min_value=0, max_value=OLDEST, required=False)
    amount_fee = MoneyFormField(label=_("Betrag"), required=False, max_digits=8)
    valid_from = day_field(_("läuft ab"), required=False)
    valid_until = day_field(_("läuft bis"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(self, *args, words: Words, partners, **options):
        super().__init__(*args, **options)
        plain = [name for name in TEXT_FIELDS if name not in self.base_fields]
        widgets = {"description": forms.Textarea(attrs={"rows": 5}), "next_steps": forms.Textarea(attrs={"rows": 2})}
        widgets |= {"website": forms.TextInput(attrs={"inputmode": "url"})}
        self.fields |= forms.fields_for_model(Offer, fields=plain, widgets=widgets, help_texts=HELP)
        self.fields["phone"].widget.input_type = "tel"
        self.fields["partner"] = forms.ChoiceField(
            label=_("Anbieter"), choices=[(str(one.pk), str(one)) for one in partners]
        )
        for kind in KINDS:
            self.fields[term_field(kind)] = forms.MultipleChoiceField(
                label=TERM_LABELS[kind],
                choices=words.terms[kind],
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("mindestens eines, damit man das Angebot findet") if kind == Term.Kind.NEED else "",
            )

    def clean_phone(self):
        return read_phone(self.cleaned_data["phone"])

    def clean(self):
        typed = super().clean()
        typed |= {name: without_overrides(said) for name, said in typed.items() if isinstance(said, str)}
        low, high = typed.get("minimum_age"), typed.get("maximum_age")
        if low is not None and high is not None and high < low:
            self.add_error("maximum_age", _("Das höchste Alter liegt unter dem niedrigsten."))
        if typed.get("valid_from") and typed.get("valid_until") and typed["valid_until"] < typed["valid_from"]:
            self.add_error("valid_until", NO_ORDER)
        if typed.get("is_free") and typed.get("amount_fee"):
            self.add_error("amount_fee", _("Das Angebot ist als kostenlos angekreuzt. Streichen Sie eines von beidem."))
        elif typed.get("is_free"):
            typed["amount_fee"] = None
        return typed

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}

    def terms(self, kept=()) -> tuple[tuple[str, str], ...]:
        """Return the chosen terms; `kept` are those of kinds the form does not show."""
        chosen = [(str(kind), code) for kind in KINDS for code in self.cleaned_data[term_field(kind)]]
        return tuple(sorted([*chosen, *(term for term in kept if term[0] not in KINDS)]))


class AtForm(forms.Form):
    """Where: one of the centre's places, a new one, or by telephone and online."""

    place = forms.ChoiceField(label=_("Ort"), required=False)
    room = forms.CharField(label=_("Raum"), max_length=80, required=False)
    phone = forms.CharField(label=_("Telefon an diesem Ort"), max_length=40, required=False)
    hours_note = forms.CharField(
        label=_("Hinweis zu den Zeiten"), max_length=200, required=False, help_text=_("zum Beispiel: bitte klingeln")
    )

    def __init__(self, *args, places, **options):
        super().__init__(*args, **options)
        always = [CHOOSE, (REMOTE, _("telefonisch oder online")), (NEW, _("neuer Ort, siehe unten"))]
        self.fields["place"].choices = [*always, *((str(one.pk), place_label(one)) for one in places)]

    def clean_phone(self):
        return read_phone(self.cleaned_data["phone"])


def place_label(place) -> str:
    address = ", ".join(text for text in (place.street, str(place.municipality)) if text)
    return f"{place.name} ({address})"
