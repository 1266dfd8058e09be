"""The course of a venture from idea to permanent offer, and what its acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class VentureStatus(models.TextChoices):
    """How far a venture has come."""

    IDEA = "IDEA", _("Idee")
    CONCEPT = "CONCEPT", _("Konzept in Arbeit")
    AGREED = "AGREED", _("vereinbart")
    PILOT = "PILOT", _("in Erprobung")
    EVALUATED = "EVALUATED", _("ausgewertet")
    PERMANENT = "PERMANENT", _("dauerhaft")
    CHANGED = "CHANGED", _("wird geändert weiter erprobt")
    ENDED = "ENDED", _("beendet")


class Outcome(models.TextChoices):
    """How a measured criterion stands against what was set before."""

    REACHED = "REACHED", _("erreicht")
    PARTLY = "PARTLY", _("teilweise erreicht")
    MISSED = "MISSED", _("nicht erreicht")


class Verdict(models.TextChoices):
    """What becomes of a venture after its pilot; recommended by the evaluation, said by the decision."""

    PERMANENT = "PERMANENT", _("dauerhaft anbieten")
    CHANGED = "CHANGED", _("geändert weiter erproben")
    ENDED = "ENDED", _("beenden")


S = VentureStatus
VENTURE = Lifecycle(
    begin_concept=({S.IDEA}, S.CONCEPT),
    settle_agreement=({S.CONCEPT}, S.AGREED),
    reopen_concept=({S.AGREED, S.CHANGED}, S.CONCEPT),
    start_pilot=({S.AGREED, S.CHANGED}, S.PILOT),
    evaluate_pilot=({S.PILOT}, S.EVALUATED),
    make_permanent=({S.EVALUATED}, S.PERMANENT),
    change_venture=({S.EVALUATED}, S.CHANGED),
    end_venture=({S.EVALUATED}, S.ENDED),
    drop_venture=({S.IDEA, S.CONCEPT, S.AGREED, S.CHANGED}, S.ENDED),
)
WRITTEN = frozenset({S.IDEA, S.CONCEPT, S.AGREED, S.CHANGED})
"""While a venture stands here its concept may be written on; a pilot tries what was agreed, unchanged."""
OVER = frozenset({S.PERMANENT, S.ENDED})
MOVE_OF = {Verdict.PERMANENT: "make_permanent", Verdict.CHANGED: "change_venture", Verdict.ENDED: "end_venture"}

for verb, sentence in {
    "start_venture": _("Vorhaben begonnen"),
    "edit_venture": _("Vorhaben geändert"),
    "add_need_figure": _("Bedarfszahl eingetragen"),
    "remove_need_figure": _("Bedarfszahl entfernt"),
    "join_venture": _("Partner aufgenommen"),
    "leave_venture": _("Partner ausgeschieden"),
    "begin_concept": _("Konzept begonnen"),
    "add_section": _("Abschnitt geschrieben"),
    "edit_section": _("Abschnitt geändert"),
    "remove_section": _("Abschnitt entfernt"),
    "comment_section": _("Abschnitt kommentiert"),
    "resolve_comment": _("Kommentar erledigt"),
    "freeze_version": _("Fassung festgehalten"),
    "agree_to_version": _("Fassung zugestimmt"),
    "settle_agreement": _("von allen Partnern vereinbart"),
    "reopen_concept": _("Konzept wieder geöffnet, neue Zustimmung nötig"),
    "plan_pilot": _("Erprobung geplant"),
    "edit_pilot": _("Planung der Erprobung geändert"),
    "add_criterion": _("Kriterium festgelegt"),
    "remove_criterion": _("Kriterium entfernt"),
    "start_pilot": _("Erprobung begonnen"),
    "enter_value": _("Messwert eingetragen"),
    "evaluate_pilot": _("Erprobung ausgewertet"),
    "make_permanent": _("dauerhaft"),
    "change_venture": _("geändert weiter erproben"),
    "end_venture": _("beendet"),
    "drop_venture": _("vor einer Erprobung beendet"),
    "link_offer": _("mit Angebot verbunden"),
}.items():
    describe(verb, sentence)
