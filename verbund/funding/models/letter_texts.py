"""Standing texts of the notice and of the letters that follow it: dated rows with source, changed by two persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.funding.models.legal_remedies import DatedRule, constraints
from verbund.programmes.models import Programme


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
        return f"{self.heading}: {self.text}"

    @property
    def heading(self) -> str:
        return self.get_passage_display()

    @property
    def in_words(self) -> str:
        return self.text


class NoticeText(DatedRule):
    """What a passage of the grant notice says for a programme; its days are those on which grant periods begin.

    Each line is a paragraph, or an item where the notice prints a list. A notice that was issued keeps the words it was
    stored with.
    """

    class Passage(models.TextChoices):
        LEGAL_BASIS = "LEGAL_BASIS", _("Grundlagen")
        PURPOSE = "PURPOSE", _("Zweck der Zuwendung")
        POOL_PURPOSE = "POOL_PURPOSE", _("Zweck des Laiensprachmittlerpools, falls bewilligt")
        OWN_CONTRIBUTION = "OWN_CONTRIBUTION", _("was der Träger selbst erbringt")
        PAYOUT_RULE = "PAYOUT_RULE", _("Auszahlung")
        PROOF_RULE = "PROOF_RULE", _("Nachweis der Verwendung")
        GENERAL_CONDITIONS = "GENERAL_CONDITIONS", _("Allgemeine Nebenbestimmungen")
        EXCLUDED_NUMBERS = "EXCLUDED_NUMBERS", _("Nummern der ANBest-G, die nicht gelten")
        CONDITIONS = "CONDITIONS", _("Besondere Nebenbestimmungen")
        POOL_CONDITIONS = "POOL_CONDITIONS", _("Nebenbestimmungen zum Laiensprachmittlerpool, falls bewilligt")
        PASSING_ON = "PASSING_ON", _("Weiterleitung an Dritte")
        RESERVATIONS = "RESERVATIONS", _("Vorbehalte")

    KEY = ("programme", "passage")
    MAY_BE_EMPTY = frozenset({Passage.EXCLUDED_NUMBERS})
    concerns_notices = False

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("Programm"))
    passage = models.CharField(_("Stelle im Bescheid"), max_length=20, choices=Passage)
    text = models.TextField(_("Wortlaut"), max_length=6000, blank=True)

    class Meta:
        verbose_name = _("Text des Zuwendungsbescheids")
        verbose_name_plural = _("Texte des Zuwendungsbescheids")
        ordering = ["programme", "passage", "-valid_from"]
        constraints = [
            *constraints("notice_text", "programme", "passage"),
            models.CheckConstraint(
                condition=~models.Q(text="") | models.Q(passage="EXCLUDED_NUMBERS"), name="notice_text_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading}:\n{self.in_words}"

    @property
    def heading(self) -> str:
        return f"{self.programme}, {self.get_passage_display()}"

    @property
    def in_words(self) -> str:
        return self.text or str(_("keine"))
