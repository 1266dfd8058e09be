"""Taking over entries from a list: a run with its rows, and which column meant what the last time."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from verbund.core.models import StoredFile
from verbund.directory.models import Centre, Membership, Partner
from verbund.offers.importing.lifecycle import ImportStatus
from verbund.offers.models.offers import Offer


class ImportRun(models.Model):
    """One file of a centre, from its columns to what came of it.

    `head` are the names of the columns, `samples` the first lines, `columns` maps the position of a column to a field.
    Rows below the head are `ImportRow`. What is left to do is asked of the rows, so a run goes on after a crash.
    `membership` and the two persons are who acts while the run works on without them.
    """

    class Aim(models.TextChoices):
        DRAFT = "DRAFT", _("als Entwurf anlegen")
        PUBLISH = "PUBLISH", _("vollständige gleich veröffentlichen")

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="import_runs")
    status = models.CharField(max_length=8, choices=ImportStatus, default=ImportStatus.COLUMNS, editable=False)
    aim = models.CharField(_("Neue Einträge"), max_length=7, choices=Aim, default=Aim.DRAFT)
    partner = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("Datei"), max_length=120)
    sheet = models.CharField(_("Blatt"), max_length=120, blank=True)
    sheets = models.JSONField(default=list)
    head = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    lines = models.PositiveIntegerField(_("Zeilen"), default=0)
    made_at = models.DateTimeField(_("hochgeladen am"))
    applied_at = models.DateTimeField(_("übernommen am"), null=True)
    undone_at = models.DateTimeField(_("rückgängig gemacht am"), null=True)
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    started_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.file_name

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id


class ImportRow(models.Model):
    """A line of a list: what it says (`said`), how it compares (`kind`), what was chosen, what came of it.

    `before` is the content of an entry that was changed and `version` its version afterwards: as long as that is the
    newest, it can be put back.
    """

    class Kind(models.TextChoices):
        NEW = "NEW", _("neu")
        CHANGED = "CHANGED", _("geändert")
        UNCHANGED = "UNCHANGED", _("unverändert")
        SUSPICIOUS = "SUSPICIOUS", _("vielleicht schon da")
        REFUSED = "REFUSED", _("nicht lesbar")

    class Choice(models.TextChoices):
        OPEN = "", _("noch offen")
        SAME = "SAME", _("dasselbe Angebot")
        NEW = "NEW", _("ein anderes, neu anlegen")
        SKIP = "SKIP", _("nicht übernehmen")

    class Outcome(models.TextChoices):
        OPEN = "", _("offen")
        CREATED = "CREATED", _("angelegt")
        CHANGED = "CHANGED", _("geändert")
        SKIPPED = "SKIPPED", _("nicht übernommen")
        FAILED = "FAILED", _("abgelehnt")
        UNDONE = "UNDONE", _("wieder wie vorher")
        KEPT = "KEPT", _("nicht zurückgesetzt, seitdem geändert")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("Zeile"))
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=120, blank=True)
    cells = models.JSONField(default=list)
    said = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    offer = models.ForeignKey(Offer, null=True, on_delete=models.SET_NULL, related_name="import_rows")
    seen = models.PositiveIntegerField(default=0)
    choice = models.CharField(max_length=4, choices=Choice, default=Choice.OPEN, blank=True)
    outcome = models.CharField(max_length=7, choices=Outcome, default=Outcome.OPEN, blank=True)
    outcome_note = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="offers_import_row_once")]
        indexes = [models.Index(fields=["run", "kind", "number"])]

    def __str__(self):
        return f"{self.number} {self.title}"


class ImportColumns(models.Model):
    """Which column means what, remembered for a centre and a head (its fingerprint)."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "fingerprint"], name="offers_import_columns_once")]

    def __str__(self):
        return self.fingerprint[:12]
