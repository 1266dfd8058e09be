"""The form by which anybody asks, and what is added later. No account, no JavaScript."""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from verbund.advising.enquiries import routing
from verbund.advising.models.enquiries import LONGEST_TEXT
from verbund.advising.queries import terms
from verbund.directory import places
from verbund.offers.models import Term, TermName

HONEYPOT = "anrede"
"""A field no person sees or fills. Its name says nothing, for programs that fill in everything."""

NOT_EMPTY = _("Ihre Frage ist nicht gesendet. Leeren Sie das Feld „Dieses Feld bitte leer lassen“ am Ende.")
SOMETHING_ELSE = "sonst"
LONGEST_PLACE = 80
BY_MAIL, BY_LINK = "mail", "link"


def _writing(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class AskForm(forms.Form):
    """Where from, what about, the question, and how the answer comes."""

    use_required_attribute = False
    ort = forms.CharField(
        label=_("Ihre Postleitzahl oder Ihr Ort"),
        required=False,
        max_length=LONGEST_PLACE,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false", "dir": "auto"}),
        help_text=_("Dann antwortet das Zentrum an Ihrem Ort. Ohne Ort antwortet die Koordinierungsstelle des Landes."),
    )
    town = forms.ChoiceField(label=_("Welcher Ort ist es?"), required=False, widget=forms.RadioSelect)
    topic = forms.ChoiceField(label=_("Worum geht es?"))
    question = forms.CharField(
        label=_("Ihre Frage"),
        max_length=LONGEST_TEXT,
        widget=_writing(7),
        help_text=_(
            "Schreiben Sie nur, was für die Antwort wichtig ist, keine Namen anderer Menschen. Auf Deutsch oder in "
            "Ihrer Sprache, höchstens 3.000 Zeichen."
        ),
    )
    answer_by = forms.ChoiceField(
        label=_("Wie möchten Sie die Antwort lesen?"),
        choices=[
            (BY_MAIL, _("per E-Mail und über einen Link")),
            (BY_LINK, _("nur über einen Link, ohne Angaben zu mir")),
        ],
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        help_text=_("Nur wenn Sie die Antwort per E-Mail möchten. Sonst wird sie nicht gespeichert."),
    )

    def __init__(self, *args, language: str, on: date, **options):
        super().__init__(*args, **options)
        self.on = on
        self.fields["topic"].choices = _topics(language)
        self.fields[HONEYPOT] = forms.CharField(
            label=_("Dieses Feld bitte leer lassen"),
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )
        self.initial.setdefault("answer_by", BY_MAIL)
        self.found = routing.NOWHERE
        if self.is_bound:
            self._find()
        else:
            del self.fields["town"]

    def _find(self) -> None:
        """Look up the place; where several are possible, ask which. A town once chosen goes along."""
        self.sought = places.wanted(self.data.get("ort", "").replace("\x00", "")[:LONGEST_PLACE])
        self.found = routing.where(self.sought, chosen=self.data.get("town", ""), on=self.on)
        if self.found.towns:
            self.fields["town"].choices = [(town.key, _name_of(town)) for town in self.found.towns]
            self.fields["town"].required = True
        else:
            del self.fields["town"]

    @property
    def kept_town(self) -> str:
        """Return the key of the town that was chosen earlier and still is one of those the place may mean."""
        return self.found.town_key if self.found.town_key == self.data.get("town") else ""

    @property
    def is_filled_by_a_program(self) -> bool:
        return bool(self.data.get(HONEYPOT))

    def clean_ort(self) -> str:
        typed = self.cleaned_data["ort"]
        if typed and not self.sought.is_enough:
            if self.sought.has_digits:
                raise forms.ValidationError(gettext("Eine Postleitzahl hat fünf Ziffern, zum Beispiel 59174."))
            raise forms.ValidationError(gettext("Schreiben Sie eine Postleitzahl oder den Namen der Stadt."))
        if not self.found.is_known:
            raise forms.ValidationError(
                gettext(
                    "Diesen Ort finden wir in Nordrhein-Westfalen nicht. Schreiben Sie die Postleitzahl oder den Namen "
                    "der Stadt, oder lassen Sie das Feld leer."
                )
            )
        return typed

    def clean_topic(self):
        code = self.cleaned_data["topic"]
        return None if code == SOMETHING_ELSE else Term.objects.get(kind=Term.Kind.FIELD, code=code)

    def clean(self):
        said = super().clean()
        if said.get("answer_by") == BY_LINK:
            self.errors.pop("email", None)
        if said.get("answer_by") == BY_MAIL and not said.get("email") and "email" not in self.errors:
            self.add_error(
                "email", gettext("Schreiben Sie Ihre E-Mail-Adresse, oder wählen Sie „nur über einen Link“.")
            )
        if self.is_filled_by_a_program:
            self.add_error(None, NOT_EMPTY)
        return said

    def values(self) -> dict:
        """Return what is asked; an address only where the answer shall be mailed."""
        said = self.cleaned_data
        email = said.get("email", "") if said["answer_by"] == BY_MAIL else ""
        return {"question": said["question"], "term": said["topic"], "email": email, "found": self.found}


def _name_of(town: places.Town) -> str:
    return f"{town.name} ({town.district})" if town.district else town.name


def _topics(language: str) -> list[tuple[str, str]]:
    """Return the fields of action by the names they have in a language, and "something else"."""
    names = dict(TermName.objects.filter(language=language, term__kind=Term.Kind.FIELD).values_list("term_id", "name"))
    fields = [(one.code, names.get(one.pk, one.name)) for one in terms(Term.Kind.FIELD).order_by("position", "name")]
    return [("", gettext("Bitte wählen")), *fields, (SOMETHING_ELSE, gettext("etwas anderes"))]


class AddForm(forms.Form):
    """What somebody adds to a question."""

    use_required_attribute = False
    text = forms.CharField(label=_("Was möchten Sie noch sagen?"), max_length=LONGEST_TEXT, widget=_writing(4))
