"""What is known about centres and the network for some time only, with its source."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verbund.core.versions import Versioned
from verbund.directory.models.centres import Centre


class Evidenced(Versioned):
    """Something a source vouches for from one day to another, both included.

    After `evidenced_until` it may have gone on or not: only `valid_until` says that it ended. `code` names a row that
    came with the program. `recorded_at` is the day of the record, which for history is later than what it tells.
    """

    code = models.CharField(max_length=60, null=True, unique=True, editable=False)  # noqa: DJ001 - unique where set
    valid_from = models.DateField(_("gilt ab"))
    evidenced_until = models.DateField(_("belegt bis"))
    valid_until = models.DateField(_("galt bis"), null=True, blank=True)
    source = models.CharField(_("Quelle"), max_length=300)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def is_there(self, day: date) -> bool:
        """Whether it had begun and is not known to have ended on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def is_evidenced_on(self, day: date) -> bool:
        """Whether the source vouches for this very day."""
        return self.is_there(day) and day <= self.evidenced_until

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id


def period_in_order(name: str) -> list:
    """Return the constraints of an evidenced period: begun before it was last evidenced, ended not before it began."""
    return [
        models.CheckConstraint(
            condition=Q(evidenced_until__gte=F("valid_from"))
            & (Q(valid_until__isnull=True) | Q(valid_until__gte=F("evidenced_until"))),
            name=f"directory_{name}_period_in_order",
        )
    ]


class CentreFact(Evidenced):
    """A sentence about a centre: its guiding idea, a goal, a topic it works on, a visit that was announced."""

    class Kind(models.TextChoices):
        GUIDING_IDEA = "GUIDING_IDEA", _("Leitgedanke")
        GOAL = "GOAL", _("Schwerpunkt und Ziel")
        TOPIC = "TOPIC", _("Arbeitsthema")
        UNIT = "UNIT", _("Stelle in der Verwaltung")
        ANNOUNCED_VISIT = "ANNOUNCED_VISIT", _("angekündigter Besuch")

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(_("Art"), max_length=16, choices=Kind)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=1)
    text = models.CharField(_("Aussage"), max_length=600)

    class Meta:
        ordering = ["kind", "position", "pk"]
        constraints = period_in_order("centre_fact")

    def __str__(self):
        return self.text


class CentreContact(Evidenced):
    """How a centre is reached, by function; never by a person's name."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="contacts")
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=1)
    function = models.CharField(_("Funktion"), max_length=120)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    email = models.EmailField(_("E-Mail"), max_length=254, blank=True)
    website = models.URLField(_("Webseite"), max_length=200, blank=True)
    address = models.CharField(_("Anschrift"), max_length=300, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *period_in_order("centre_contact"),
            models.CheckConstraint(
                condition=~Q(phone="", email="", website="", address=""), name="directory_centre_contact_says_how"
            ),
        ]

    def __str__(self):
        return self.function


class PublishedFigure(models.Model):
    """A figure somebody published, as a statement with source and day; never computed and never computed with.

    `stated_on` is the day of the statement, None where the source bears none; then `stated_from` and `stated_until`
    say between which days it must have been made. `reading` says where our own reading differs from the wording.
    """

    class Unit(models.TextChoices):
        CENTRES = "CENTRES", _("Zentren")
        EURO = "EURO", _("Euro")
        POSTS = "POSTS", _("Stellen")

    class Subject(models.TextChoices):
        COVERAGE = "COVERAGE", _("Zahl der Zentren")
        BASE_GRANT = "BASE_GRANT", _("Grundförderung")
        KOMM_AN = "KOMM_AN", _("KOMM-AN NRW")

    code = models.CharField(max_length=60, unique=True)
    subject = models.CharField(max_length=12, choices=Subject)
    centre = models.ForeignKey(
        Centre, null=True, blank=True, on_delete=models.PROTECT, related_name="published_figures"
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=8, choices=Unit)
    is_approximate = models.BooleanField(default=False)
    label = models.CharField(max_length=200)
    statement = models.CharField(max_length=600)
    reading = models.CharField(max_length=600, blank=True)
    stated_on = models.DateField(null=True, blank=True)
    stated_from = models.DateField()
    stated_until = models.DateField()
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["stated_from", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stated_until__gte=F("stated_from"))
                & (Q(stated_on__isnull=True) | Q(stated_on=F("stated_from"), stated_until=F("stated_from"))),
                name="directory_published_figure_day_in_order",
            )
        ]

    def __str__(self):
        return self.label
