"""Changes to many entries at once, kept so that they can be undone for a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.directory.models import Organisation
from verbund.offers.models.offers import Offer


class BulkChange(models.Model):
    """One value set for many entries. Who did it stands in the trail of each entry; here only the house."""

    class What(models.TextChoices):
        VALID_UNTIL = "VALID_UNTIL", _("läuft bis")
        CONTACT = "CONTACT", _("Ansprechstelle")
        PHONE = "PHONE", _("Telefon")
        CHECKED = "CHECKED", _("geprüft heute")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("Was"), max_length=11, choices=What)
    value = models.CharField(_("neuer Wert"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("ausgeführt am"))
    undone_at = models.DateTimeField(_("rückgängig gemacht am"), null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.get_what_display()


class BulkChangeRow(models.Model):
    """What happened to one entry: content before and after as JSON, or why it was refused.

    `version` is the entry's version afterwards: as long as it is the newest, the entry can be put back.
    """

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="rows")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=300, blank=True)
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["change", "offer"], name="offers_bulk_row_once_per_offer")]

    def __str__(self):
        return f"{self.change}, {self.offer_id}"
