"""What can be done: draft, edit, propose and adopt a guideline version; correct the life of a programme."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import StaleVersion, claim_version
from verbund.directory.operations import mark_all_as_changed
from verbund.programmes.completeness import refuse_incomplete
from verbund.programmes.lifecycle import GUIDELINE, GuidelineStatus
from verbund.programmes.models import ROW_KINDS, FundingGuideline, GuidelineRow, Origin, Programme

audit.describe("correct_life", gettext_lazy("Laufzeit berichtigt"))


class WrongLife(DomainError):
    """A programme's life ends before it begins, or nobody vouches for its days."""


class NotAdopted(DomainError):
    """A new version is drafted from an adopted one."""


class ReasonMissing(DomainError):
    """Whoever hands a proposal back says why."""


@transaction.atomic
def draft_new_version(guideline: FundingGuideline, *, reason: str = "", actor: Actor) -> FundingGuideline:
    """Copy an adopted version with all its rows into a draft with the programme's next version number.

    Raises NotAdopted for drafts and proposals.
    """
    if not guideline.is_adopted:
        raise NotAdopted(_("Eine neue Fassung entsteht aus einer gültigen."))
    locking(Programme.objects).get(pk=guideline.programme_id)
    newest = FundingGuideline.objects.filter(programme=guideline.programme_id).aggregate(Max("version"))["version__max"]
    draft = FundingGuideline.objects.create(
        programme=guideline.programme,
        version=newest + 1,
        origin=Origin.ENTERED,
        reason=reason,
        **{name: getattr(guideline, name) for name in COPIED},
    )
    for kind in ROW_KINDS:
        for row in getattr(guideline, kind).all():
            row.pk, row.guideline, row._state.adding = None, draft, True
            row.save()
    after = {"version": draft.version, "copied_from": guideline.version}
    audit.record("draft_new_version", draft, actor=actor, after=after, note=reason)
    return draft


COPIED = (
    "code",
    "title",
    "applies_from",
    "applies_until",
    "decreed_on",
    "source",
    "mark",
    "financing_type",
    "financing_type_mark",
    "pro_rata",
    "rounding",
    "counting_mark",
)


@transaction.atomic
def edit_draft(draft: FundingGuideline, *, values: dict, seen: int, actor: Actor) -> None:
    """Save the head of a draft (title, period, methods, source). Raises NotAllowedNow or StaleVersion."""
    locked = _claim_draft(draft, seen)
    before = {name: getattr(locked, name) for name in values}
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(values))
    audit.record("edit_version", draft, actor=actor, before=before, after=values)


@transaction.atomic
def edit_rows(
    draft: FundingGuideline,
    *,
    saved: Sequence[GuidelineRow],
    removed: Sequence[GuidelineRow],
    seen: int,
    actor: Actor,
) -> None:
    """Save and remove rows of a draft. Raises NotAllowedNow, StaleVersion, or AdoptedForGood for a foreign row."""
    _claim_draft(draft, seen)
    for row in removed:
        if row.guideline_id == draft.pk:
            audit.record("remove_guideline_row", draft, actor=actor, before=_values(row), note=str(row))
            row.delete()
    for row in saved:
        row.guideline = draft
        row.save()
        audit.record("save_guideline_row", draft, actor=actor, after=_values(row), note=str(row))


@transaction.atomic
def propose_version(draft: FundingGuideline, *, actor: Actor) -> None:
    """Propose a draft to a second person. Raises IncompleteGuideline, or NotAllowedNow if it is no draft."""
    GUIDELINE.check("propose_version", draft)
    refuse_incomplete(draft)
    GUIDELINE.apply(
        "propose_version", draft, actor=actor, changes={**actor.signs("proposed"), "proposed_at": timezone.now()}
    )


@transaction.atomic
def hand_back_version(proposal: FundingGuideline, *, reason: str, actor: Actor) -> None:
    """Return a proposal to its drafters with a reason. Raises ReasonMissing or NotAllowedNow."""
    if not reason.strip():
        raise ReasonMissing(_("Bitte sagen Sie, was noch zu ändern ist."), field="reason")
    unsigned = {"proposed_by": None, "proposed_for": None, "proposed_at": None}
    GUIDELINE.apply("hand_back_version", proposal, actor=actor, changes=unsigned, note=reason)


@transaction.atomic
def adopt_version(proposal: FundingGuideline, *, actor: Actor) -> None:
    """Adopt a proposal as the second person; from now on it computes and never changes.

    Raises SamePerson for whoever proposed it, IncompleteGuideline, or NotAllowedNow.
    """
    GUIDELINE.check("adopt_version", proposal)
    refuse_same_person(actor, persons_of(proposal, "proposed"))
    refuse_incomplete(proposal)
    GUIDELINE.apply(
        "adopt_version", proposal, actor=actor, changes={**actor.signs("adopted"), "adopted_at": timezone.now()}
    )
    mark_all_as_changed()


@transaction.atomic
def correct_life(
    programme: Programme,
    *,
    seen: int,
    actor: Actor,
    summary: str,
    valid_from: date | None,
    valid_until: date | None,
    period_note: str,
    period_source: str,
    period_mark: str,
) -> None:
    """Correct what a programme is and when it was in force; the earlier wording stays in the audit trail.

    `seen` is the version that was on the screen. Raises WrongLife, StaleVersion. Sums are not touched by it: grants
    follow the guideline of their year.
    """
    if valid_from and valid_until and valid_until < valid_from:
        raise WrongLife(_("Die Laufzeit endet, bevor sie beginnt."), field="valid_until")
    if not period_source.strip():
        raise WrongLife(_("Nennen Sie die Quelle, auch wenn sie keinen Tag angibt."), field="period_source")
    if (valid_from or valid_until) and not period_mark:
        raise WrongLife(_("Sagen Sie, wie sicher die Tage sind."), field="period_mark")
    life = {
        "summary": summary,
        "valid_from": valid_from,
        "valid_until": valid_until,
        "period_note": period_note,
        "period_source": period_source,
        "period_mark": period_mark,
    }
    before = Programme.objects.filter(pk=programme.pk).values(*life).get()
    claim_version(programme, seen)
    Programme.objects.filter(pk=programme.pk).update(**life)
    audit.record("correct_life", programme, actor=actor, before=before, after=life)


def _claim_draft(draft: FundingGuideline, seen: int) -> FundingGuideline:
    """Lock the draft for one edit; of two edits that saw the same state exactly one passes."""
    locked = locking(FundingGuideline.objects).get(pk=draft.pk)
    if locked.status != GuidelineStatus.DRAFT:
        raise NotAllowedNow(_("Diese Fassung ist kein Entwurf mehr und wird nicht geändert."))
    if locked.edits != seen:
        raise StaleVersion(
            _("Jemand anderes hat den Entwurf inzwischen geändert. Ihre Eingaben sind nicht gespeichert.")
        )
    FundingGuideline.objects.filter(pk=draft.pk).update(edits=seen + 1)
    draft.edits = seen + 1
    return locked


def _values(row: GuidelineRow) -> dict:
    return {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if field.name not in SKIPPED}


SKIPPED = frozenset({"id", "guideline"})
