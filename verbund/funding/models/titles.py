"""Budget titles and the entries that use them up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.core.money import MoneyField


class BudgetTitle(models.Model):
    """A title of the state budget in one year. It can never be overbooked: the database refuses it as well.

    `amount_committed`, `amount_paid` and `amount_repaid` are the sums of the append-only `BudgetEntry` rows, kept on
    this row because it is the one that is locked when money is committed. What is repaid does not become free again: it
    goes to the revenue of the Land.
    """

    chapter = models.CharField(_("Kapitel"), max_length=10)
    title_number = models.CharField(_("Titel"), max_length=20)
    budget_year = models.PositiveSmallIntegerField(_("Haushaltsjahr"))
    purpose = models.CharField(_("Zweckbestimmung"), max_length=200)
    amount_planned = MoneyField(_("Ansatz"))
    amount_committed = MoneyField(_("gebunden"), default=0, editable=False)
    amount_paid = MoneyField(_("ausgezahlt"), default=0, editable=False)
    amount_repaid = MoneyField(_("zurückgezahlt"), default=0, editable=False)
    source = models.CharField(_("Quelle"), max_length=300)
    note = models.CharField(_("Hinweis"), max_length=400, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-budget_year", "chapter", "title_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "title_number", "budget_year"], name="funding_title_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(amount_committed__gte=0) & Q(amount_committed__lte=F("amount_planned")),
                name="funding_title_not_overbooked",
            ),
            models.CheckConstraint(
                condition=Q(amount_paid__gte=0) & Q(amount_paid__lte=F("amount_committed")),
                name="funding_title_pays_only_what_is_committed",
            ),
            models.CheckConstraint(
                condition=Q(amount_repaid__gte=0) & Q(amount_repaid__lte=F("amount_paid")),
                name="funding_title_gets_back_only_what_it_paid",
            ),
        ]

    def __str__(self):
        return f"{self.chapter} {self.title_number} ({self.budget_year})"

    @property
    def amount_free(self):
        return self.amount_planned - self.amount_committed

    @property
    def amount_unpaid(self):
        return self.amount_committed - self.amount_paid


class BudgetEntry(models.Model):
    """One use of a title, never changed: positive amounts use it up, negative ones give back.

    A commitment that falls is a negative COMMITMENT. REPAYMENT and INTEREST are positive euros that came in. It counts
    from `day` on and is known since `entered_on`; money announced for a later day is known before it counts.
    """

    class Kind(models.TextChoices):
        COMMITMENT = "COMMITMENT", _("Bindung")
        PAYMENT = "PAYMENT", _("Zahlung")
        REPAYMENT = "REPAYMENT", _("Rückzahlung")
        INTEREST = "INTEREST", _("Zinsen")

    budget_title = models.ForeignKey(BudgetTitle, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    amount = MoneyField()
    day = models.DateField()
    entered_on = models.DateField(_("erfasst am"))
    notice = models.ForeignKey(
        "funding.GrantNotice", null=True, on_delete=models.PROTECT, related_name="budget_entries"
    )
    drawdown = models.ForeignKey("funding.Drawdown", null=True, on_delete=models.PROTECT, related_name="budget_entries")
    reclaim = models.ForeignKey("funding.Reclaim", null=True, on_delete=models.PROTECT, related_name="budget_entries")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="PAYMENT") | Q(entered_on__gte=F("day")), name="funding_payment_is_entered_when_made"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.amount}"
