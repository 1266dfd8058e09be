"""Standing sentences of the letters that concern one grant: dated rows with source, changed by two persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.funding.models.legal_remedies import DatedRule, constraints


class LetterText(DatedRule):
    """What a passage of a letter says from a day on. A letter that went out keeps the words it was stored with."""

    class Passage(models.TextChoices):
        HEARING_OPENING = "HEARING_OPENING", _("Anhörung: Einleitung")
        HEARING_MORE_TIME = "HEARING_MORE_TIME", _("Anhörung: wenn die Frist nicht reicht")
        HEARING_SILENCE = "HEARING_SILENCE", _("Anhörung: ohne Stellungnahme")
        CHANGE_REST = "CHANGE_REST", _("Änderung, Rücknahme, Widerruf: was weiter gilt")
        CHANGE_OVERPAID = "CHANGE_OVERPAID", _("Änderung, Rücknahme, Widerruf: zu viel gezahlt")
        RECLAIM_BASIS = "RECLAIM_BASIS", _("Erstattungsbescheid: Rechtsgrundlage")
        RECLAIM_REFERENCE = "RECLAIM_REFERENCE", _("Erstattungsbescheid: Verwendungszweck")
        RECLAIM_RUNS_ON = "RECLAIM_RUNS_ON", _("Erstattungsbescheid: Zinsen laufen weiter")

    KEY = ("passage",)
    concerns_notices = False

    passage = models.CharField(_("Stelle im Schreiben"), max_length=20, choices=Passage)
    text = models.TextField(_("Wortlaut"), max_length=1000)

    class Meta:
        verbose_name = _("Satz eines Schreibens")
        verbose_name_plural = _("Sätze der Schreiben")
        ordering = ["passage", "-valid_from"]
        constraints = [
            *constraints("letter_text", "passage"),
            models.CheckConstraint(condition=~models.Q(text=""), name="letter_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_passage_display()}: {self.text}"

    @property
    def in_words(self) -> str:
        return self.text
