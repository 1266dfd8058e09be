"""The words a form offers: languages and terms, read once for a page."""

import re
from functools import cached_property

from django import forms
from django.utils.translation import gettext as _

from verbund.offers.language_names import codes_by_name, plain
from verbund.offers.models import Language, Term

COMMAS = re.compile("[,;،؛]")
KINDS = (Term.Kind.NEED, Term.Kind.AUDIENCE, Term.Kind.FIELD, Term.Kind.CHAIN_STAGE)
"""The kinds of terms an entry bears; features belong to places."""


class Words:
    """Languages and terms; two statements. `borne` are the terms (kind, code) an entry bears: they stay choosable."""

    def __init__(self, borne=()):
        self.borne = set(borne)

    @cached_property
    def languages(self) -> dict[str, str]:
        return dict(Language.objects.filter(is_spoken=True).values_list("code", "name"))

    @property
    def language_choices(self) -> list[tuple[str, str]]:
        return list(self.languages.items())

    @cached_property
    def _by_name(self) -> dict[str, str]:
        rows = Language.objects.filter(is_spoken=True).values_list("code", "name", "native_name")
        return codes_by_name(rows.order_by("position"))

    def languages_in(self, text: str) -> tuple[str, ...]:
        """Return the codes of languages typed by name, with commas between them. Raises ValidationError.

        The name may be German, the language's own, or one in a language of the pages.
        """
        names = [name.strip() for name in COMMAS.split(text) if name.strip()]
        unknown = [name for name in names if plain(name) not in self._by_name]
        if unknown:
            sentence = _("Diese Sprache kennen wir nicht: %(names)s. Schreiben Sie zum Beispiel: Arabisch, Türkisch")
            raise forms.ValidationError(sentence % {"names": ", ".join(unknown)[:100]})
        return tuple(sorted({self._by_name[plain(name)] for name in names}))

    def names_of(self, codes) -> str:
        return ", ".join(self.languages.get(code, code) for code in codes)

    @cached_property
    def terms(self) -> dict[str, list[tuple[str, str]]]:
        """Return the choices of each kind: what is in use, and what the entry bears already."""
        found: dict[str, list] = {kind: [] for kind in Term.Kind}
        for kind, code, name, is_in_use in Term.objects.values_list("kind", "code", "name", "is_in_use"):
            if is_in_use or (kind, code) in self.borne:
                found[kind].append((code, name))
        return found
