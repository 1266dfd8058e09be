"""What everything that counts as work of a centre carries, so that it is ready for returns."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from verbund.core.versions import Versioned
from verbund.directory.models import Centre, Municipality
from verbund.offers.models import Term

PERSON = {"null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+", "editable": False}
"""A person who did something: kept by the record, never typed."""


def key_number() -> models.PositiveSmallIntegerField:
    """Return the field that says how often something was cut out of the texts of a whole.

    It names the key under which the audit trail keeps the texts of the record and of all its parts.
    """
    return models.PositiveSmallIntegerField(default=0, editable=False)


class CentreWork(Versioned):
    """A piece of a centre's work: field of action or stage of the education chain, audiences, place.

    With a stage it belongs to "Integration durch Bildung", else its field says where it belongs. Subclasses name the
    day it counts for in `counted_on`.
    """

    centre = models.ForeignKey(Centre, verbose_name=_("Zentrum"), on_delete=models.PROTECT, related_name="+")
    field = models.ForeignKey(
        Term,
        verbose_name=_("Handlungsfeld"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.FIELD},
    )
    stage = models.ForeignKey(
        Term,
        verbose_name=_("Stufe der Bildungskette"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.CHAIN_STAGE},
    )
    audiences = models.ManyToManyField(
        Term,
        verbose_name=_("Zielgruppen"),
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Term.Kind.AUDIENCE},
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("Ort"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(field__isnull=False) | Q(stage__isnull=False), name="%(app_label)s_%(class)s_says_its_field"
            )
        ]

    @property
    def happening_key(self) -> str:
        """Under which key cost items are tied to this piece of work (`funding.operations.attribute`)."""
        return f"{self._meta.label}:{self.pk}"

    @property
    def audit_organisation_id(self) -> int:
        return self.centre_id
