"""Which cost items pay for what happened: the link from the budget title to the people it reached."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.directory.models import Centre
from verbund.funding.models.notices import GrantNotice


class Attribution(models.Model):
    """A share of something that happened (a visit, a meeting, a pilot), and the cost item of a notice that pays it.

    `happening` is its key in the app it belongs to ("advising.Meeting:12"), `title` and `path` how it reads and where
    it is. Without a notice `item` says which other money pays. The shares of a happening sum to one.
    """

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="+")
    happening = models.CharField(max_length=80)
    happened_on = models.DateField()
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=200)
    notice = models.ForeignKey(
        GrantNotice, null=True, blank=True, on_delete=models.PROTECT, related_name="attributions"
    )
    item = models.CharField(_("Kostenposition"), max_length=200)
    share = models.DecimalField(_("Anteil"), max_digits=7, decimal_places=6)

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="funding_attribution_share_of_one"),
            models.CheckConstraint(condition=~Q(item=""), name="funding_attribution_says_the_item"),
            models.UniqueConstraint(fields=["happening", "notice", "item"], name="funding_attribution_item_once"),
            models.UniqueConstraint(
                fields=["happening", "item"],
                condition=Q(notice__isnull=True),
                name="funding_attribution_other_money_once",
            ),
        ]
        indexes = [models.Index(fields=["centre", "happened_on"], name="funding_attribution_centre_day")]

    def __str__(self):
        return f"{self.title}: {self.item}"
