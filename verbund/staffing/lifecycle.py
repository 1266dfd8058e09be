"""Statuses and moves of occupancies, of requests for teacher posts and of secondments, and what the acts are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.audit import describe
from verbund.core.lifecycle import Lifecycle


class RequestStatus(models.TextChoices):
    """Where a request for teacher posts stands."""

    DRAFT = "DRAFT", _("Entwurf")
    REQUESTED = "REQUESTED", _("angefordert")
    CONFIRMED = "CONFIRMED", _("bestätigt")
    DECLINED = "DECLINED", _("abgelehnt")
    WITHDRAWN = "WITHDRAWN", _("zurückgezogen")


S = RequestStatus
TEACHER_REQUEST = Lifecycle(
    submit_request=({S.DRAFT}, S.REQUESTED),
    confirm_request=({S.REQUESTED}, S.CONFIRMED),
    decline_request=({S.REQUESTED}, S.DECLINED),
    withdraw_request=({S.DRAFT, S.REQUESTED}, S.WITHDRAWN),
)
OVER = frozenset({S.DECLINED, S.WITHDRAWN})
"""A request in one of these leaves room for another one of the same centre and year."""


class SecondmentStatus(models.TextChoices):
    """Whether a secondment counts as recorded, was ended before its time, or was a mistake."""

    RECORDED = "RECORDED", _("eingetragen")
    ENDED = "ENDED", _("vorzeitig beendet")
    CANCELLED = "CANCELLED", _("gestrichen")


SECONDMENT = Lifecycle(
    end_secondment=({SecondmentStatus.RECORDED}, SecondmentStatus.ENDED),
    cancel_secondment=({SecondmentStatus.RECORDED, SecondmentStatus.ENDED}, SecondmentStatus.CANCELLED),
)


class OccupancyStatus(models.TextChoices):
    """Whether an occupancy counts as recorded, was ended before its time, or was a mistake."""

    RECORDED = "RECORDED", _("eingetragen")
    ENDED = "ENDED", _("vorzeitig beendet")
    CANCELLED = "CANCELLED", _("gestrichen")


OCCUPANCY = Lifecycle(
    change_share=({OccupancyStatus.RECORDED}, OccupancyStatus.ENDED),
    end_occupancy=({OccupancyStatus.RECORDED}, OccupancyStatus.ENDED),
    cancel_occupancy=({OccupancyStatus.RECORDED, OccupancyStatus.ENDED}, OccupancyStatus.CANCELLED),
)

for verb, sentence in {
    "provide_post": _("Stelle bewilligt"),
    "change_post": _("Stelle geändert bewilligt"),
    "drop_post": _("Stelle weggefallen"),
    "record_occupancy": _("Besetzung eingetragen"),
    "change_share": _("Besetzung vor einer Änderung des Anteils beendet"),
    "end_occupancy": _("Besetzung vorzeitig beendet"),
    "cancel_occupancy": _("Besetzung gestrichen"),
    "confirm_qualification": _("Qualifikation bestätigt"),
    "start_request": _("Anforderung begonnen"),
    "edit_request": _("Entwurf geändert"),
    "submit_request": _("Lehrkräftestellen angefordert"),
    "confirm_request": _("Lehrkräftestellen bestätigt"),
    "decline_request": _("Anforderung abgelehnt"),
    "withdraw_request": _("Anforderung zurückgezogen"),
    "record_secondment": _("Abordnung eingetragen"),
    "end_secondment": _("Abordnung vorzeitig beendet"),
    "cancel_secondment": _("Abordnung gestrichen"),
}.items():
    describe(verb, sentence)
