"""When an offer takes place: rules by weekday, extra and cancelled dates, closures, school holidays."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verbund.offers.models.offers import Offer
from verbund.offers.models.places import Place


class OfferAtPlace(models.Model):
    """An offer at a place, with hours of its own; without a place it is by telephone or online (`is_remote`)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="at_places")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="offers_here")
    is_remote = models.BooleanField(_("telefonisch oder online"), default=False)
    room = models.CharField(_("Raum"), max_length=80, blank=True)
    phone = models.CharField(_("Telefon an diesem Ort"), max_length=40, blank=True)
    hours_note = models.CharField(_("Hinweis zu den Zeiten"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "place"], name="offers_once_at_a_place"),
            models.CheckConstraint(
                condition=Q(place__isnull=False, is_remote=False) | Q(place__isnull=True, is_remote=True),
                name="offers_at_a_place_or_remote",
            ),
        ]

    def __str__(self):
        return f"{self.offer}, {self.place or _('telefonisch oder online')}"


class Slot(models.Model):
    """Hours on a weekday (0 = Monday) in a period, both days included; Berlin time.

    `rhythm` says on which of these weekdays: every one, those of even or odd ISO weeks, or the nth of a month.
    """

    class Rhythm(models.TextChoices):
        WEEKLY = "WEEKLY", _("jede Woche")
        EVEN_WEEKS = "EVEN_WEEKS", _("in geraden Kalenderwochen")
        ODD_WEEKS = "ODD_WEEKS", _("in ungeraden Kalenderwochen")
        FIRST = "FIRST", _("am ersten im Monat")
        SECOND = "SECOND", _("am zweiten im Monat")
        THIRD = "THIRD", _("am dritten im Monat")
        FOURTH = "FOURTH", _("am vierten im Monat")
        LAST = "LAST", _("am letzten im Monat")

    at = models.ForeignKey(OfferAtPlace, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(_("Wochentag"))
    opens = models.TimeField(_("von"))
    closes = models.TimeField(_("bis"))
    rhythm = models.CharField(_("Rhythmus"), max_length=10, choices=Rhythm, default=Rhythm.WEEKLY)
    valid_from = models.DateField(_("gilt ab"), null=True, blank=True)
    valid_until = models.DateField(_("gilt bis"), null=True, blank=True)
    in_school_holidays = models.BooleanField(_("auch in den Schulferien"), default=True)
    on_public_holidays = models.BooleanField(_("auch an Feiertagen"), default=False)
    by_appointment = models.BooleanField(_("nur mit Termin"), default=False)

    class Meta:
        ordering = ["weekday", "opens", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__gte=0, weekday__lte=6), name="offers_slot_on_a_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="offers_slot_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="offers_slot_period_in_order",
            ),
        ]
        indexes = [models.Index(fields=["weekday", "opens"])]

    def __str__(self):
        return f"{self.weekday} {self.opens:%H:%M}–{self.closes:%H:%M}"


class DateChange(models.Model):
    """A single day on which something takes place besides the rules, or does not take place."""

    class Kind(models.TextChoices):
        EXTRA = "EXTRA", _("zusätzlicher Termin")
        CANCELLED = "CANCELLED", _("fällt aus")

    at = models.ForeignKey(OfferAtPlace, on_delete=models.CASCADE, related_name="date_changes")
    kind = models.CharField(max_length=9, choices=Kind)
    day = models.DateField(_("Tag"))
    opens = models.TimeField(_("von"), null=True, blank=True)
    closes = models.TimeField(_("bis"), null=True, blank=True)
    note = models.CharField(_("Hinweis"), max_length=200, blank=True)

    class Meta:
        ordering = ["day", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="CANCELLED", opens__isnull=True, closes__isnull=True)
                | Q(kind="EXTRA", opens__isnull=False, closes__gt=F("opens")),
                name="offers_extra_date_has_hours",
            )
        ]

    def __str__(self):
        return f"{self.day:%d.%m.%Y}, {self.get_kind_display()}"


class Closure(models.Model):
    """Days on which nothing takes place here, both included: summer break, renovation."""

    at = models.ForeignKey(OfferAtPlace, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField(_("vom"))
    last_day = models.DateField(_("bis"))
    reason = models.CharField(_("Grund"), max_length=120, blank=True)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="offers_closure_in_order")
        ]

    def __str__(self):
        return f"{self.first_day:%d.%m.%Y}–{self.last_day:%d.%m.%Y}"


class Occurrence(models.Model):
    """A date to come, computed from the rules for the next weeks and kept for searching; made anew when they change."""

    at = models.ForeignKey(OfferAtPlace, on_delete=models.CASCADE, related_name="occurrences")
    slot = models.ForeignKey(Slot, null=True, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    by_appointment = models.BooleanField(default=False)

    class Meta:
        ordering = ["day", "opens", "pk"]
        indexes = [models.Index(fields=["day", "opens"]), models.Index(fields=["at", "day"])]

    def __str__(self):
        return f"{self.day:%d.%m.%Y} {self.opens:%H:%M}–{self.closes:%H:%M}"


class SchoolHoliday(models.Model):
    """School holidays of the Land, both days included, as published."""

    name = models.CharField(max_length=40)
    first_day = models.DateField(unique=True)
    last_day = models.DateField()
    source = models.CharField(max_length=200)
    mark = models.CharField(max_length=1)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="offers_school_holiday_in_order")
        ]

    def __str__(self):
        return self.name
