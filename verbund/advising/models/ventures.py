"""A venture, the figures that show its need, and who carries it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from verbund.advising.models.base import CentreWork, key_number
from verbund.advising.ventures.lifecycle import VentureStatus
from verbund.directory.models import Partner
from verbund.offers.models import Offer


class Venture(CentreWork):
    """Something a centre and partners try together: from a need with figures to a permanent offer, or to its end.

    `offer` is the entry of the finder it became, or under which it is already found as a pilot.
    """

    title = models.CharField(_("Titel"), max_length=120)
    need = models.TextField(_("Bedarf"), max_length=3000)
    status = models.CharField(
        max_length=9, choices=VentureStatus, default=VentureStatus.IDEA, editable=False, db_index=True
    )
    status_since = models.DateField(editable=False)
    started_on = models.DateField(_("begonnen am"), editable=False)
    end_reason = models.CharField(_("Grund"), max_length=600, blank=True, editable=False)
    offer = models.ForeignKey(
        Offer, verbose_name=_("Angebot"), null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    key_number = key_number()

    class Meta(CentreWork.Meta):
        ordering = ["-status_since", "-pk"]
        constraints = [
            *CentreWork.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status=VentureStatus.ENDED) | ~Q(end_reason=""), name="advising_venture_ended_with_reason"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("advising:venture", args=[self.pk])

    @property
    def counted_on(self):
        """The day this piece of work counts for."""
        return self.started_on


class NeedFigure(models.Model):
    """A number that shows the need, with the day it holds for and where it is from."""

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="figures")
    what = models.CharField(_("Was gezählt wurde"), max_length=200)
    value = models.DecimalField(_("Wert"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("Einheit"), max_length=40)
    counted_on = models.DateField(_("Stand"))
    place = models.CharField(_("Ort oder Gebiet"), max_length=120, blank=True)
    source = models.CharField(_("Quelle"), max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="advising_need_figure_has_a_source"),
        ]

    def __str__(self):
        return self.what

    @property
    def audit_organisation_id(self) -> int:
        return self.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.venture


class VentureParty(models.Model):
    """Who carries a venture: a partner of the directory or a body by its name; and what it does in it.

    Whoever leaves stays with the day and the reason; what it agreed to stays as well.
    """

    venture = models.ForeignKey(Venture, on_delete=models.CASCADE, related_name="parties")
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("Einrichtung aus dem Verzeichnis"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    body = models.CharField(_("oder Name einer Stelle"), max_length=160, blank=True)
    function = models.CharField(_("Aufgabe im Vorhaben"), max_length=200)
    since = models.DateField(_("dabei seit"))
    until = models.DateField(_("dabei bis"), null=True, editable=False)
    leave_reason = models.CharField(_("Grund"), max_length=300, blank=True, editable=False)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False, body="") | (Q(partner__isnull=True) & ~Q(body="")),
                name="advising_party_is_partner_or_body",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | (Q(until__gte=F("since")) & ~Q(leave_reason="")),
                name="advising_party_leaves_with_reason",
            ),
            models.UniqueConstraint(
                fields=["venture", "partner"], condition=Q(until=None), name="advising_party_takes_part_once"
            ),
        ]

    def __str__(self):
        return self.partner.organisation.name if self.partner_id else self.body

    @property
    def is_active(self) -> bool:
        return self.until is None

    @property
    def audit_organisation_id(self) -> int:
        return self.venture.centre_id

    @property
    def key_holder(self) -> Venture:
        return self.venture
