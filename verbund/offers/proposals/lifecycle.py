"""Statuses and moves of a proposal, and what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class ProposalStatus(models.TextChoices):
    """How far a proposal has come; QUESTION waits for the submitter."""

    RECEIVED = "RECEIVED", _("eingegangen")
    IN_CHECK = "IN_CHECK", _("in Prüfung")
    QUESTION = "QUESTION", _("Rückfrage")
    ACCEPTED = "ACCEPTED", _("übernommen")
    PARTLY = "PARTLY", _("teilweise übernommen")
    REFUSED = "REFUSED", _("abgelehnt")
    WITHDRAWN = "WITHDRAWN", _("zurückgezogen")


S = ProposalStatus
OPEN = frozenset({S.RECEIVED, S.IN_CHECK, S.QUESTION})
"""Not decided yet."""

WAITS_FOR_CENTRE = frozenset({S.RECEIVED, S.IN_CHECK})
PROPOSAL = Lifecycle(
    start_check_of_proposal=({S.RECEIVED}, S.IN_CHECK),
    ask_submitter=(WAITS_FOR_CENTRE, S.QUESTION),
    answer_as_submitter=({S.QUESTION}, S.IN_CHECK),
    accept_proposal=(OPEN, S.ACCEPTED),
    accept_parts_of_proposal=(OPEN, S.PARTLY),
    refuse_proposal=(OPEN, S.REFUSED),
    withdraw_proposal=(OPEN, S.WITHDRAWN),
    publish_directly=({S.RECEIVED}, S.ACCEPTED),
)

for verb, sentence in {
    "submit_proposal": _("Vorschlag eingereicht"),
    "start_check_of_proposal": _("Vorschlag in Prüfung genommen"),
    "ask_submitter": _("Rückfrage gestellt"),
    "answer_as_submitter": _("Rückfrage beantwortet"),
    "accept_proposal": _("Vorschlag übernommen"),
    "accept_parts_of_proposal": _("Vorschlag teilweise übernommen"),
    "refuse_proposal": _("Vorschlag abgelehnt"),
    "withdraw_proposal": _("Vorschlag zurückgezogen"),
    "publish_directly": _("vom Anbieter direkt veröffentlicht"),
    "undo_direct_publication": _("direkte Veröffentlichung zurückgenommen"),
    "forget_submitter": _("Angaben der einreichenden Person gelöscht"),
}.items():
    describe(verb, sentence)
