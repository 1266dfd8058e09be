"""The list of ventures: filters in the address, fifty a page."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet

from verbund.advising.models import Venture
from verbund.advising.ventures.lifecycle import VentureStatus
from verbund.offers.models import Term

PAGE_SIZE = 50


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; anything that makes no sense is left out."""

    status: str = ""
    field: str = ""
    stage: str = ""

    @classmethod
    def from_address(cls, given) -> "Wanted":
        status = given.get("status", "")
        field, stage = (given.get(name, "").replace("\x00", "")[:40] for name in ("feld", "stufe"))
        return cls(status=status if status in VentureStatus.values else "", field=field, stage=stage)

    @property
    def is_filtered(self) -> bool:
        return bool(self.status or self.field or self.stage)

    def narrow(self, ventures: QuerySet[Venture]) -> QuerySet[Venture]:
        """Return those of the ventures that fit."""
        if self.status:
            ventures = ventures.filter(status=self.status)
        if self.field:
            ventures = ventures.filter(field__code=self.field)
        return ventures.filter(stage__code=self.stage) if self.stage else ventures


def choices() -> dict:
    """Return what the filters offer."""
    words = Term.objects.filter(kind__in=[Term.Kind.FIELD, Term.Kind.CHAIN_STAGE]).values_list("kind", "code", "name")
    found = list(words)
    return {
        "statuses": VentureStatus.choices,
        "fields": [(code, name) for kind, code, name in found if kind == Term.Kind.FIELD],
        "stages": [(code, name) for kind, code, name in found if kind == Term.Kind.CHAIN_STAGE],
    }


def page_of(ventures: QuerySet[Venture], number: str):
    return Paginator(ventures, PAGE_SIZE).get_page(number)
