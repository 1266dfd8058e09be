"""Programmes, their life and what they pay, and the versions of their guidelines."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.errors import DomainError
from verbund.core.versions import Versioned
from verbund.programmes import rules
from verbund.programmes.lifecycle import GuidelineStatus


class AdoptedForGood(DomainError):
    """An adopted guideline version and its rows are never changed: notices were computed with them."""

    def __init__(self) -> None:
        super().__init__(_("Eine gültige Fassung wird nicht geändert. Legen Sie eine neue Fassung an."))


class Mark(models.TextChoices):
    """How sure a value is."""

    A = "A", gettext_lazy("im Text der Richtlinie gelesen")
    B = "B", gettext_lazy("auf einer Seite der Behörde gelesen")
    C = "C", gettext_lazy("örtliche Quelle, nicht bestätigt")
    D = "D", gettext_lazy("abgeleitet")
    E = "E", gettext_lazy("allgemeine Rechtskenntnis, nicht bestätigt")


class Origin(models.TextChoices):
    """Where a guideline version comes from."""

    SHIPPED = "SHIPPED", gettext_lazy("mitgelieferter Bestand")
    ENTERED = "ENTERED", gettext_lazy("vom Betrieb eingetragen")


class ProgrammeState(models.TextChoices):
    """What the sources say about a programme on a day."""

    IN_FORCE = "IN_FORCE", gettext_lazy("in Kraft")
    NOT_YET = "NOT_YET", gettext_lazy("noch nicht in Kraft")
    NO_LONGER = "NO_LONGER", gettext_lazy("nicht mehr in Kraft")
    UNKNOWN = "UNKNOWN", gettext_lazy("Laufzeit nicht belegt")


class Programme(Versioned):
    """A funding programme of the state, such as the base grant of the integration centres (KI_BASE).

    `source` and `mark` stand for its legal basis. Its life runs from `valid_from` until `valid_until`, both included,
    with `period_source` and `period_mark`; None is an end that is open or a day that no source names. `within` is the
    programme whose guideline pays this one, as the material costs `extra_item`.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=1, choices=Mark)
    summary = models.CharField(gettext_lazy("Was es ist"), max_length=400, blank=True)
    valid_from = models.DateField(gettext_lazy("in Kraft ab"), null=True, blank=True)
    valid_until = models.DateField(gettext_lazy("in Kraft bis"), null=True, blank=True)
    period_note = models.CharField(gettext_lazy("Anmerkung zur Laufzeit"), max_length=300, blank=True)
    period_source = models.CharField(gettext_lazy("Quelle der Laufzeit"), max_length=300, blank=True)
    period_mark = models.CharField(
        gettext_lazy("Sicherheit der Laufzeit"), max_length=1, choices=Mark, blank=True, default=""
    )
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors", editable=False
    )
    predecessor_source = models.CharField(max_length=300, blank=True, editable=False)
    predecessor_mark = models.CharField(max_length=1, choices=Mark, blank=True, default="", editable=False)
    within = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="inner_programmes", editable=False
    )
    extra_item = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="programmes_programme_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True, valid_until__isnull=True)
                | (~Q(period_source="") & ~Q(period_mark="")),
                name="programmes_programme_period_has_source",
            ),
            models.CheckConstraint(
                condition=Q(predecessor__isnull=True) | (~Q(predecessor_source="") & ~Q(predecessor_mark="")),
                name="programmes_programme_predecessor_has_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def state_on(self, day: date) -> ProgrammeState:
        """Return what the sources say about the programme on a day; a beginning that nobody names is UNKNOWN."""
        if self.valid_until and self.valid_until < day:
            return ProgrammeState.NO_LONGER
        if self.valid_from is None:
            return ProgrammeState.UNKNOWN
        return ProgrammeState.IN_FORCE if self.valid_from <= day else ProgrammeState.NOT_YET


class ProgrammePart(models.Model):
    """What a programme pays for, in words, from `valid_from` until `valid_until`, both included.

    For programmes the platform does not compute and for what a rate does not say. `code` names a row that came with
    the program.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="parts")
    code = models.CharField(max_length=60, null=True, unique=True, editable=False)  # noqa: DJ001 - unique where set
    position = models.PositiveSmallIntegerField(gettext_lazy("Reihenfolge"), default=1)
    title = models.CharField(gettext_lazy("Bezeichnung"), max_length=160)
    text = models.CharField(gettext_lazy("Was gezahlt wird"), max_length=800)
    valid_from = models.DateField(gettext_lazy("gilt ab"))
    valid_until = models.DateField(gettext_lazy("gilt bis"), null=True, blank=True)
    source = models.CharField(gettext_lazy("Quelle"), max_length=300)
    mark = models.CharField(gettext_lazy("Sicherheit"), max_length=1, choices=Mark)

    class Meta:
        ordering = ["programme", "position", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="programmes_programmepart_period_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def covers_day(self, day: date) -> bool:
        """Whether the part is paid on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class FundingGuideline(models.Model):
    """One version of a programme's guideline for a span of grant periods.

    Versions count per programme; of the adopted versions that cover a year the newest one applies. `applies_from` and
    `applies_until` are grant periods, not the days on which the directive was in force.
    """

    class FinancingType(models.TextChoices):
        FIXED_SUM = rules.FIXED_SUM, gettext_lazy("Festbetragsfinanzierung")
        FULL_FUNDING = rules.FULL_FUNDING, gettext_lazy("Vollfinanzierung bis zum Höchstbetrag")
        SHARE_FUNDING = rules.SHARE_FUNDING, gettext_lazy("Anteilfinanzierung")

    class ProRata(models.TextChoices):
        MONTHS = rules.MONTHS, gettext_lazy("Monate (ab 15 besetzten Tagen)")
        DAYS = rules.DAYS, gettext_lazy("Tage")
        HALF_MONTHS = rules.HALF_MONTHS, gettext_lazy("angefangene halbe Monate")
        STARTED_MONTHS = rules.STARTED_MONTHS, gettext_lazy("angefangene Monate")

    class Rounding(models.TextChoices):
        EURO = rules.EURO, gettext_lazy("auf volle Euro")
        CENT = rules.CENT, gettext_lazy("auf Cent")

    Status = GuidelineStatus

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="guidelines")
    code = models.CharField(gettext_lazy("Kürzel"), max_length=40)
    version = models.PositiveIntegerField(gettext_lazy("Fassung"))
    title = models.CharField(gettext_lazy("Titel"), max_length=300)
    status = models.CharField(max_length=10, choices=GuidelineStatus, default=GuidelineStatus.DRAFT)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.ENTERED)
    applies_from = models.DateField(gettext_lazy("gilt für Bewilligungszeiträume ab"))
    applies_until = models.DateField(gettext_lazy("gilt bis (leer: offen)"), null=True, blank=True)
    decreed_on = models.DateField(gettext_lazy("Datum des Erlasses"), null=True, blank=True)
    source = models.CharField(gettext_lazy("Quelle"), max_length=300)
    mark = models.CharField(gettext_lazy("Sicherheit der Angabe"), max_length=1, choices=Mark)
    financing_type = models.CharField(gettext_lazy("Finanzierungsart"), max_length=20, choices=FinancingType)
    financing_type_mark = models.CharField(gettext_lazy("Sicherheit der Finanzierungsart"), max_length=1, choices=Mark)
    pro_rata = models.CharField(gettext_lazy("Zählweise bei Teilen eines Jahres"), max_length=20, choices=ProRata)
    rounding = models.CharField(gettext_lazy("Rundung"), max_length=10, choices=Rounding)
    counting_mark = models.CharField(
        gettext_lazy("Sicherheit von Zählweise und Rundung"), max_length=1, choices=Mark, default=Mark.D
    )
    reason = models.TextField(gettext_lazy("Anlass der Fassung"), max_length=2000, blank=True)
    edits = models.PositiveIntegerField(default=0, editable=False)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_for = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["programme__name", "version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="programmes_guideline_version_once"),
            models.CheckConstraint(
                condition=Q(applies_until__isnull=True) | Q(applies_until__gte=F("applies_from")),
                name="programmes_guideline_period_in_order",
            ),
            models.CheckConstraint(
                condition=Q(adopted_by__isnull=True) | ~Q(adopted_by=F("proposed_by")),
                name="programmes_guideline_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return _("%(title)s, Fassung %(version)s") % {"title": self.title, "version": self.version}

    def save(self, *args, **options) -> None:
        """Refuse (AdoptedForGood) to write a version that is adopted in the database."""
        if self.pk and type(self).objects.filter(pk=self.pk, status=GuidelineStatus.ADOPTED).exists():
            raise AdoptedForGood
        super().save(*args, **options)

    def delete(self, *args, **options):
        """Refuse (AdoptedForGood) to delete an adopted version."""
        if self.is_adopted:
            raise AdoptedForGood
        return super().delete(*args, **options)

    @property
    def is_draft(self) -> bool:
        return self.status == GuidelineStatus.DRAFT

    @property
    def is_proposed(self) -> bool:
        return self.status == GuidelineStatus.PROPOSED

    @property
    def is_adopted(self) -> bool:
        return self.status == GuidelineStatus.ADOPTED

    @property
    def is_confirmed(self) -> bool:
        """Whether the directive itself was read (A) or its authority names it (B)."""
        return self.mark in (Mark.A, Mark.B)

    def covers(self, year: int) -> bool:
        """Whether grants of the year follow this version (periods are whole calendar years)."""
        return self.applies_from.year <= year and (self.applies_until is None or year <= self.applies_until.year)
