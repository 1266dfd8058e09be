"""What people write about words: the words of a term, a word to take up, a checked translation."""

import unicodedata
from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from verbund.offers.models import Language, OfferText, Synonym, Term
from verbund.offers.reading import tag_of
from verbund.offers.words.operations import TEXTS
from verbund.offers.words.term_words import TermWords

LONGEST_WORD = Synonym._meta.get_field("word").max_length
MOST_WORDS = 200
LAST_POSITION = 999


def plain(text: str) -> str:
    """Return a word in one line with single spaces, without signs nobody sees, composed."""
    signs = (sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(signs).split())


class WordsField(forms.CharField):
    """Words, one per line; none twice, none longer than it may be."""

    widget = forms.Textarea
    default_error_messages = {
        "long": _("Dieses Wort ist zu lang: „%(word)s…“. Ein Wort hat höchstens 80 Zeichen."),
        "twice": _("Dieses Wort steht doppelt: „%(word)s“."),
        "many": _("Das sind zu viele Wörter. Möglich sind 200 je Sprache."),
    }

    def clean(self, value) -> tuple[str, ...]:
        words = [word for line in super().clean(value).splitlines() if (word := plain(line))]
        if len(words) > MOST_WORDS:
            self._refuse("many")
        seen: set[str] = set()
        for word in words:
            if len(word) > LONGEST_WORD:
                self._refuse("long", word[:40])
            if word.casefold() in seen:
                self._refuse("twice", word)
            seen.add(word.casefold())
        return tuple(sorted(words))

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, tuple) else value

    def _refuse(self, code: str, word: str = ""):
        raise forms.ValidationError(self.error_messages[code], code=code, params={"word": word})


class TermForm(forms.Form):
    """The words of a term in German and in the languages given."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data=None, *, words: TermWords, languages: list[Language]):
        initial = {name: getattr(words, name) for name in ("name", "description", "position", "is_in_use")}
        super().__init__(data, initial=initial | {"seen": words.sign()})
        self.languages = languages
        self.fields |= forms.fields_for_model(
            Term,
            fields=["name", "description", "position", "is_in_use"],
            widgets={"description": forms.Textarea(attrs={"rows": 2})},
            help_texts={"position": _("kleine Zahlen stehen oben"), "is_in_use": _("sonst nicht mehr zur Auswahl")},
        )
        self.fields["position"] = forms.IntegerField(
            label=_("Reihenfolge"), min_value=0, max_value=LAST_POSITION, help_text=_("kleine Zahlen stehen oben")
        )
        self._add_words("de", "Deutsch", words)
        for language in languages:
            name, is_checked = words.names.get(language.pk, ("", False))
            self.fields[f"name_{language.pk}"] = forms.CharField(
                label=_("Bezeichnung"), max_length=120, required=False, initial=name, widget=_spoken(language.pk)
            )
            self.fields[f"checked_{language.pk}"] = forms.BooleanField(
                label=_("geprüft von jemandem, der die Sprache spricht"), required=False, initial=is_checked
            )
            self._add_words(language.pk, language.name, words)

    def _add_words(self, code: str, language: str, words: TermWords) -> None:
        self.fields[f"words_{code}"] = WordsField(
            label=_("Andere Wörter (%(language)s)") % {"language": language},
            help_text=_("was Menschen eintippen, ein Wort je Zeile, höchstens 80 Zeichen"),
            max_length=(LONGEST_WORD + 2) * MOST_WORDS,
            required=False,
            initial=words.synonyms.get(code, ()),
            widget=forms.Textarea(attrs={"rows": 5, "lang": tag_of(code), "dir": "auto"}),
        )

    def german(self) -> list:
        return [self[name] for name in ("name", "description", "words_de", "position", "is_in_use")]

    def others(self) -> Iterator[tuple]:
        """Yield each other language with its fields."""
        for language in self.languages:
            code = language.pk
            yield language, [self[f"name_{code}"], self[f"checked_{code}"], self[f"words_{code}"]]

    def words(self) -> TermWords:
        """Return what was typed, as a value; languages left empty are not in it."""
        said = self.cleaned_data
        codes = [language.pk for language in self.languages]
        return TermWords(
            name=plain(said["name"]),
            description=plain(said["description"]),
            position=said["position"],
            is_in_use=said["is_in_use"],
            names={code: (name, said[f"checked_{code}"]) for code in codes if (name := plain(said[f"name_{code}"]))},
            synonyms={code: words for code in ("de", *codes) if (words := said[f"words_{code}"])},
        )


def _spoken(code: str) -> forms.TextInput:
    return forms.TextInput(attrs={"lang": tag_of(code), "dir": "auto"})


class TakeUpForm(forms.Form):
    """A word people type, and the term it leads to from now on."""

    word = forms.CharField(
        label=_("Wort"), max_length=LONGEST_WORD, help_text=_("so, wie man es schreibt; Großbuchstaben sind gleich")
    )
    language = forms.ModelChoiceField(
        label=_("Sprache"), queryset=Language.objects.filter(is_spoken=True), empty_label=None
    )
    term = forms.ModelChoiceField(
        label=_("ist ein anderes Wort für"), queryset=Term.objects.none(), empty_label=_("bitte wählen")
    )

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial=initial)
        terms = Term.objects.filter(is_in_use=True).exclude(kind=Term.Kind.FEATURE)
        self.fields["term"].queryset = terms
        self.fields["term"].choices = [("", _("bitte wählen")), *_by_kind(terms)]

    def clean_word(self) -> str:
        word = plain(self.cleaned_data["word"])
        if not word:
            raise forms.ValidationError(_("Bitte geben Sie ein Wort an."))
        return word


def _by_kind(terms) -> list[tuple]:
    groups: dict[str, list] = {}
    for term in terms:
        groups.setdefault(term.get_kind_display(), []).append((term.pk, term.name))
    return list(groups.items())


class TextForm(forms.Form):
    """A translation, field by field beside the German text."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data=None, *, text: OfferText, seen: str):
        super().__init__(data, initial={name: getattr(text, name) for name in TEXTS} | {"seen": seen})
        self.text = text
        widgets = {name: forms.Textarea(attrs={"rows": _rows(text, name)}) for name in TEXTS[1:]}
        self.fields |= forms.fields_for_model(OfferText, fields=TEXTS, widgets=widgets)
        for name in TEXTS:
            self.fields[name].widget.attrs |= {"lang": tag_of(text.language_id), "dir": "auto"}

    def pairs(self) -> list[tuple]:
        """Return each field with the German text it translates."""
        return [(self[name], getattr(self.text.offer, name)) for name in TEXTS]


def _rows(text: OfferText, name: str) -> int:
    """Return a height in which the longer of both texts has room, up to a dozen lines."""
    longest = max(len(getattr(one, name)) for one in (text, text.offer))
    return min(12, 2 + longest // 45)
