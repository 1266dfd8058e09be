"""What a notice says about legal remedies: its text, the competent court, and when a letter counts as received."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.funding.lifecycle import RemedyRowStatus
from verbund.funding.models.applications import PERSON

PLACEHOLDERS = ("{court}", "{address}")


def check_placeholders(text: str) -> None:
    """Refuse a remedy text that lacks a placeholder or holds another one: it would print a wrong instruction."""
    rest = text
    for placeholder in PLACEHOLDERS:
        if placeholder not in text:
            raise ValidationError(_("Der Text muss %(name)s enthalten."), params={"name": placeholder})
        rest = rest.replace(placeholder, "")
    if "{" in rest or "}" in rest:
        raise ValidationError(_("Geschweifte Klammern sind nur für {court} und {address} erlaubt."))


class DatedRows(models.QuerySet):
    """Rows of law, asked what counts."""

    def counting_on(self, day: date) -> "DatedRows":
        """Return the adopted rows that cover the day; of several about the same the one that began last comes last."""
        goes_on = models.Q(valid_until=None) | models.Q(valid_until__gte=day)
        return self.filter(goes_on, status=RemedyRowStatus.ADOPTED, valid_from__lte=day).order_by("valid_from")


class DatedRule(models.Model):
    """A row of law: both days included, an open end while it is in force, with its source and confidence mark.

    Only adopted rows count; of several that cover a day the one that began last does. `KEY` names the fields that say
    what the row is about; `concerns_notices` whether notices are issued under it.
    """

    KEY: tuple[str, ...] = ()
    concerns_notices = True
    audit_organisation_id = 0

    valid_from = models.DateField(_("gültig von"))
    valid_until = models.DateField(_("gültig bis"), null=True, blank=True)
    source = models.CharField(_("Fundstelle"), max_length=300)
    mark = models.CharField(_("Vermerk"), max_length=1)
    status = models.CharField(max_length=8, choices=RemedyRowStatus, default=RemedyRowStatus.PROPOSED, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_at = models.DateTimeField(null=True, editable=False)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    adopted_for = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    adopted_at = models.DateTimeField(null=True, editable=False)

    objects = DatedRows.as_manager()

    class Meta:
        abstract = True

    @property
    def about(self) -> dict:
        """The key of the row: other rows with the same one are its predecessors and successors."""
        return {name: getattr(self, name) for name in self.KEY}


def constraints(name: str, *fields: str) -> list:
    return [
        models.CheckConstraint(
            condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
            name=f"{name}_period_in_order",
        ),
        models.CheckConstraint(condition=models.Q(mark__in=["A", "B", "C", "D", "E"]), name=f"{name}_mark_known"),
        models.UniqueConstraint(
            fields=[*fields, "valid_from"],
            condition=models.Q(status=RemedyRowStatus.ADOPTED),
            name=f"{name}_once_per_day",
        ),
    ]


class LegalRemedyText(DatedRule):
    """The instruction on legal remedies as printed, with {court} and {address} for the competent court."""

    text = models.TextField(_("Text"), max_length=2000, validators=[check_placeholders])

    class Meta:
        verbose_name = _("Text der Rechtsbehelfsbelehrung")
        verbose_name_plural = _("Texte der Rechtsbehelfsbelehrung")
        ordering = ["-valid_from"]
        constraints = [
            *constraints("remedy_text"),
            models.CheckConstraint(
                condition=models.Q(text__contains="{court}") & models.Q(text__contains="{address}"),
                name="remedy_text_names_court_and_address",
            ),
        ]

    def __str__(self) -> str:
        return f"Rechtsbehelfsbelehrung ab {self.valid_from:%d.%m.%Y}"

    @property
    def in_words(self) -> str:
        return self.text


class AdministrativeCourt(models.Model):
    """One of the seven administrative courts of the Land (Verwaltungsgericht)."""

    code = models.SlugField(_("Kürzel"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=100)

    class Meta:
        verbose_name = _("Verwaltungsgericht")
        verbose_name_plural = _("Verwaltungsgerichte")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CourtAddress(DatedRule):
    """Where a court could be reached in a period: a wrong address on a notice is a wrong instruction."""

    KEY = ("court",)

    court = models.ForeignKey(AdministrativeCourt, on_delete=models.PROTECT, related_name="addresses")
    address = models.CharField(_("Anschrift"), max_length=200)

    class Meta:
        verbose_name = _("Anschrift eines Verwaltungsgerichts")
        verbose_name_plural = _("Anschriften der Verwaltungsgerichte")
        ordering = ["court", "-valid_from"]
        constraints = constraints("court_address", "court")

    def __str__(self) -> str:
        return self.address

    @property
    def in_words(self) -> str:
        return f"{self.court}, {self.address}"


class CourtDistrict(DatedRule):
    """Which court is competent for a Kreis, Städteregion or kreisfreie Stadt (official key, five digits)."""

    KEY = ("district_ags",)

    court = models.ForeignKey(AdministrativeCourt, on_delete=models.PROTECT, related_name="districts")
    district_ags = models.CharField(_("Kreisschlüssel"), max_length=5)

    class Meta:
        verbose_name = _("Gerichtsbezirk")
        verbose_name_plural = _("Gerichtsbezirke")
        ordering = ["district_ags", "-valid_from"]
        constraints = constraints("court_district", "district_ags")

    def __str__(self) -> str:
        return f"{self.district_ags}: {self.court}"

    @property
    def in_words(self) -> str:
        return f"{getattr(self, 'district_name', self.district_ags)}: {self.court}"


class PostalPresumption(DatedRule):
    """On which day after posting a letter counts as received; the period is that of the day of posting."""

    days = models.PositiveSmallIntegerField(_("Tage nach der Aufgabe zur Post"))

    class Meta:
        verbose_name = _("Bekanntgabe durch die Post")
        verbose_name_plural = _("Bekanntgabe durch die Post")
        ordering = ["-valid_from"]
        constraints = constraints("postal_presumption")

    def __str__(self) -> str:
        return f"{self.days}. Tag ab {self.valid_from:%d.%m.%Y}"

    @property
    def in_words(self) -> str:
        return _("am %(days)s. Tag nach der Aufgabe zur Post") % {"days": self.days}
