"""What somebody without an account writes: what is offered by whom, where and when; each a form of its own.

The texts of an entry, their labels and lengths are those of the staff's form (`editing.entry_forms`).
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.directory.models import Partner
from verbund.offers.content import At, Hours, OfferContent
from verbund.offers.editing.entry_forms import REMOTE, EntryForm, read_phone, term_field
from verbund.offers.editing.place_forms import PlaceForm
from verbund.offers.editing.reading import address_of
from verbund.offers.editing.rows import WEEKDAYS
from verbund.offers.models import OfferLanguage, Term
from verbund.offers.proposals.hours import SpansField, merged, spans_of
from verbund.offers.reading import GERMAN, PAGE_LANGUAGES

HONEYPOT = "anrede"
"""A field no person sees or fills. Its name says nothing, for programs that fill in everything."""

KINDS = (Term.Kind.NEED, Term.Kind.AUDIENCE)
"""The terms a reader searches by; the others are the centre's."""

ABOUT_HOUSE = ("organisation_name", "organisation_kind", "submitter_email")
"""What is asked only of those who come without a link of their own."""

PAGE_ORDER = (
    "title", "summary", "other_language", "other_title", "other_summary", "terms_need", "terms_audience", "spoken",
    "is_free", "amount_fee", "fee_note", "registration", "phone", "email", "website", "next_steps", "to_bring",
    "contact_function", "description", "is_women_only", "minimum_age", "maximum_age", "child_care", "on_request",
    "interpreter", "valid_from", "valid_until", "organisation_name", "organisation_kind", "submitter_email", "note",
)  # fmt: skip
"""The fields in the order of the page: so errors are told."""

OTHER_TEXT = {"language": "other_language", "title": "other_title", "summary": "other_summary"}
"""What is said of an entry in a second language, and the fields that ask for it."""

MODES = {
    "spoken": OfferLanguage.Mode.SPOKEN,
    "on_request": OfferLanguage.Mode.ON_REQUEST,
    "interpreter": OfferLanguage.Mode.INTERPRETER,
}
"""The fields of languages, and what they mean."""


def _languages_field(label, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, required=options.pop("required", False), **options)


class ProposalForm(EntryForm):
    """Texts, terms, languages and contact of a proposed entry, and who proposes it."""

    organisation_name = forms.CharField(
        label=_("Welche Organisation bietet das an?"),
        max_length=200,
        help_text=_("der ganze Name, zum Beispiel: Frauentreff Ohligs e. V."),
    )
    organisation_kind = forms.ChoiceField(
        label=_("Was für eine Organisation ist das?"),
        choices=[("", _("Bitte wählen")), *(kind for kind in Partner.Kind.choices if kind[0] != Partner.Kind.CENTRE)],
    )
    other_language = forms.ChoiceField(
        label=_("Sprache des zweiten Textes"),
        choices=[("", _("Bitte wählen")), *(one for one in PAGE_LANGUAGES.items() if one[0] not in GERMAN)],
        required=False,
    )
    other_title = forms.CharField(label=_("Titel in dieser Sprache"), max_length=120, required=False)
    other_summary = forms.CharField(
        label=_("Was man bekommt, in einem Satz dieser Sprache"), max_length=300, required=False
    )
    spoken = _languages_field(
        _("Welche Sprachen werden gesprochen?"),
        required=True,
        help_text=_("mit Komma getrennt, zum Beispiel: Deutsch, Arabisch, Türkisch"),
    )
    on_request = _languages_field(_("Sprachen auf Anfrage"))
    interpreter = _languages_field(_("Sprachen mit Sprachmittlung"))
    note = forms.CharField(
        label=_("Möchten Sie dem Zentrum noch etwas sagen?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Das liest nur das Zentrum. Es wird nicht veröffentlicht."),
    )
    submitter_email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse für Antworten"),
        max_length=254,
        required=False,
        help_text=_(
            "Sie wird nicht veröffentlicht und zwölf Monate nach der Entscheidung gelöscht. Ohne Adresse sehen Sie "
            "Fragen und Antwort nur über den Link, den Sie nach dem Absenden bekommen."
        ),
    )

    def __init__(self, *args, words, is_house: bool = False, is_direct: bool = False, **options):
        super().__init__(*args, words=words, partners=(), **options)
        self.words = words
        for kind in (Term.Kind.FIELD, Term.Kind.CHAIN_STAGE):
            del self.fields[term_field(kind)]
        for name in ("partner", *(ABOUT_HOUSE if is_house else ()), *(OTHER_TEXT.values() if is_direct else ())):
            del self.fields[name]
        self.order_fields(PAGE_ORDER)
        self.fields["is_free"].label = _("Es kostet nichts")
        for name in {"title", "summary", "other_title", "other_summary", "description", "next_steps", "to_bring"}:
            if name in self.fields:
                self.fields[name].widget.attrs["dir"] = "auto"
        for name in ("phone", "email", "website", *(() if is_house else ("submitter_email",))):
            self.fields[name].widget.attrs["dir"] = "ltr"
        if not is_house:
            self.fields["organisation_name"].widget.attrs["dir"] = "auto"
        self.fields[HONEYPOT] = forms.CharField(
            label=_("Dieses Feld bitte leer lassen"),
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    def clean_spoken(self):
        return self.words.languages_in(self.cleaned_data["spoken"])

    def clean_on_request(self):
        return self.words.languages_in(self.cleaned_data["on_request"])

    def clean_interpreter(self):
        return self.words.languages_in(self.cleaned_data["interpreter"])

    def clean(self):
        typed = super().clean()
        if not typed.get(term_field(Term.Kind.NEED)):
            self.add_error(term_field(Term.Kind.NEED), _("Wählen Sie mindestens ein Anliegen."))
        if not any(typed.get(name) or name in self.errors for name in ("phone", "email", "website")):
            self.add_error("phone", _("Geben Sie Telefon, E-Mail oder Webseite an, damit man Sie erreicht."))
        self._check_other_text(typed)
        said: set[str] = set()
        for name in MODES:
            typed[name] = tuple(code for code in typed.get(name) or () if code not in said)
            said |= set(typed[name])
        return typed

    def _check_other_text(self, typed: dict) -> None:
        """A text in a second language is whole or not there."""
        missing = [name for name in OTHER_TEXT.values() if not typed.get(name) and name not in self.errors]
        if "other_language" not in self.fields or len(missing) == len(OTHER_TEXT):
            return
        for name in missing:
            is_language = name == "other_language"
            sentence = _("Wählen Sie die Sprache dieses Textes.") if is_language else _("Schreiben Sie Titel und Satz.")
            self.add_error(name, sentence)

    def other_text(self) -> dict[str, str] | None:
        """Return what the entry says in a second language; None where nothing was written."""
        said = {part: self.cleaned_data.get(name, "") for part, name in OTHER_TEXT.items()}
        return said if said["language"] else None

    @property
    def is_filled_by_a_program(self) -> bool:
        return bool(self.data.get(HONEYPOT))

    def terms(self, kept=()) -> tuple[tuple[str, str], ...]:
        """Return the chosen terms; `kept` are those the entry bears and the form does not ask for."""
        chosen = [(str(kind), code) for kind in KINDS for code in self.cleaned_data[term_field(kind)]]
        return tuple(sorted([*chosen, *(term for term in kept if term[0] not in KINDS)]))

    def spoken_languages(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted((code, str(mode)) for name, mode in MODES.items() for code in self.cleaned_data[name]))

    def about(self) -> dict:
        """Return what belongs to the proposal and not to the entry."""
        names = ("organisation_name", "organisation_kind", "note", "submitter_email")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


def initial_of(content: OfferContent, words) -> dict:
    """Return what the form shows of a stored entry."""
    chosen = {term_field(kind): [code for one, code in content.terms if one == kind] for kind in KINDS}
    spoken = {
        name: words.names_of([code for code, its in content.languages if its == mode]) for name, mode in MODES.items()
    }
    return content.values | chosen | spoken


class WhereForm(forms.Form):
    """One of the places known here, a new one written below, or none: by telephone and online."""

    place = forms.ChoiceField(
        label=_("Ort"),
        required=False,
        help_text=_("Steht der Ort in der Liste, wählen Sie ihn. Sonst schreiben Sie die Adresse darunter."),
    )
    room = forms.CharField(label=_("Raum"), max_length=80, required=False)
    phone = forms.CharField(label=_("Telefon an diesem Ort"), max_length=40, required=False)

    def __init__(self, *args, places, **options):
        super().__init__(*args, **options)
        always = [("", _("nicht in der Liste, Adresse unten")), (REMOTE, _("telefonisch oder online"))]
        self.fields["place"].choices = [*always, *((str(one.pk), address_of(one)) for one in places)]

    def clean_phone(self):
        return read_phone(self.cleaned_data["phone"])


class NewPlaceForm(PlaceForm):
    """A place that is not known yet. Of one to be kept secret only the town leaves the form."""

    def __init__(self, *args, **options):
        super().__init__(*args, use_required_attribute=False, **options)
        self.fields["is_protected"].label = _("Adresse geheim halten")
        self.fields["is_protected"].help_text = _(
            "Zum Beispiel für ein Frauenhaus. Gespeichert wird dann nur der Ort, keine Straße und keine Postleitzahl."
        )

    @property
    def says_something(self) -> bool:
        return any(self[name].value() for name in ("name", "street", "postcode", "is_protected", "directions"))

    def as_data(self) -> dict:
        """Return the place as a proposal keeps it; its point is found when the centre accepts."""
        values = self.values()
        del values["latitude"], values["longitude"]
        return values | {"municipality": values["municipality"].pk}


class HoursForm(forms.Form):
    """A line for each weekday, and a remark for what happens in other rhythms."""

    hours_note = forms.CharField(
        label=_("Gilt etwas nicht jede Woche?"),
        max_length=200,
        required=False,
        help_text=_("zum Beispiel: nur am ersten Dienstag im Monat, nicht in den Schulferien, nur mit Termin"),
    )

    def __init__(self, *args, stored: At | None = None, **options):
        self.stored = stored or At(place=None)
        lines = {f"tag{day}": spans_of(self.stored.hours, day) for day, _name in WEEKDAYS}
        super().__init__(*args, initial={**lines, "hours_note": self.stored.hours_note}, **options)
        self.fields |= {f"tag{day}": SpansField(label=name) for day, name in WEEKDAYS}

    @property
    def days(self):
        return [self[f"tag{day}"] for day, _name in WEEKDAYS]

    def hours(self) -> tuple[Hours, ...]:
        found = [
            one for day, _name in WEEKDAYS for one in merged(self.stored.hours, day, self.cleaned_data[f"tag{day}"])
        ]
        return tuple(sorted(found, key=lambda one: (one.weekday, one.opens)))


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Ihre Antwort"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )


class MailDraftForm(forms.Form):
    email = forms.EmailField(label=_("Ihre E-Mail-Adresse"), max_length=254)
