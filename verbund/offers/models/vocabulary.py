"""The words by which offers are found, as rows that people may change: languages, needs, audiences, features."""

from django.db import models
from django.utils.translation import gettext_lazy as _

EASY = "leicht"
"""The code of Leichte Sprache: German in short sentences, written and checked by people, never by a machine."""

EASY_TAG = "de-simple"
"""What browsers, screen readers and catalogues call it (BCP 47)."""


class Language(models.Model):
    """A language by its code (ISO 639-1, else 639-3): how it is called in German, and how it calls itself.

    `position` orders the choice; `has_pages` marks those in which the finder itself can be read. Leichte Sprache is
    read and never spoken (`is_spoken`).
    """

    code = models.CharField(max_length=8, primary_key=True)
    name = models.CharField(_("Name"), max_length=60)
    native_name = models.CharField(_("eigener Name"), max_length=60)
    is_right_to_left = models.BooleanField(_("von rechts nach links"), default=False)
    has_pages = models.BooleanField(_("Seiten in dieser Sprache"), default=False)
    is_spoken = models.BooleanField(_("wird gesprochen"), default=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self):
        return self.name

    @property
    def tag(self) -> str:
        """What browsers call it."""
        return EASY_TAG if self.code == EASY else self.code


class Term(models.Model):
    """A word of the vocabulary. A code is never used anew; a term out of use stays on the offers that bear it."""

    class Kind(models.TextChoices):
        NEED = "NEED", _("Anliegen")
        AUDIENCE = "AUDIENCE", _("Zielgruppe")
        FIELD = "FIELD", _("Handlungsfeld")
        CHAIN_STAGE = "CHAIN_STAGE", _("Stufe der Bildungskette")
        FEATURE = "FEATURE", _("Merkmal der Barrierefreiheit")

    kind = models.CharField(max_length=12, choices=Kind)
    code = models.SlugField(max_length=40)
    name = models.CharField(_("Bezeichnung"), max_length=80)
    description = models.CharField(_("Erklärung"), max_length=300)
    picture = models.SlugField(_("Bild"), max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)
    is_in_use = models.BooleanField(_("in Gebrauch"), default=True)

    class Meta:
        ordering = ["kind", "position", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="offers_term_code_once")]

    def __str__(self):
        return self.name


class TermName(models.Model):
    """A term's name in another language; `is_checked` once somebody who speaks it has read it."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="names")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Bezeichnung"), max_length=120)
    is_checked = models.BooleanField(_("geprüft"), default=False)

    class Meta:
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["term", "language"], name="offers_term_name_once")]

    def __str__(self):
        return self.name


class Synonym(models.Model):
    """Another word people type for a term, in a language: Kita, Kindergarten, kreş."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="synonyms")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(_("Wort"), max_length=80)

    class Meta:
        ordering = ["language", "word"]
        constraints = [models.UniqueConstraint(fields=["term", "language", "word"], name="offers_synonym_once")]

    def __str__(self):
        return self.word


class RemovedWord(models.Model):
    """A name or synonym of a term that somebody took away: the words that come with the program stay away then."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="removed_words")
    language = models.ForeignKey(Language, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=120)

    class Meta:
        ordering = ["language", "word"]
        constraints = [models.UniqueConstraint(fields=["term", "language", "word"], name="offers_removed_word_once")]

    def __str__(self):
        return self.word


class MissedSearch(models.Model):
    """A search of a day that found nothing, counted: planning data without any trace of a person."""

    day = models.DateField()
    words = models.CharField(max_length=100)
    language = models.CharField(max_length=8)
    district = models.ForeignKey(
        "directory.District", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    count = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-day", "-count", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "words", "language", "district"], name="offers_missed_search_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["day", "words", "language"],
                condition=models.Q(district=None),
                name="offers_missed_search_without_place_once_a_day",
            ),
        ]

    def __str__(self):
        return self.words
