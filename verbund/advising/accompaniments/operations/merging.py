"""One institution kept twice: everything that hangs on the duplicates moves to the one that stays, and back again."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from verbund.advising.models import Accompaniment, InterculturalOpening, PartnerMerge
from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.references import links_to
from verbund.directory.models import Invitation, Membership, Organisation, Partner
from verbund.funding import operations as funding
from verbund.offers import operations as offers
from verbund.offers.models import Offer

PAID_WITH_A_NAME = (Accompaniment, InterculturalOpening)
"""What can be paid for and bears the name of its institution."""


class CannotMerge(DomainError):
    """Institutions of different centres, with accounts, merged before, or both named where only one can be."""


class CannotUndo(DomainError):
    """What was moved has changed its place since, or is gone."""


def links_to_partners() -> Iterator[models.ForeignKey]:
    """Yield every foreign key of any app that leads to an institution, but for those of the merges themselves."""
    for model, name in links_to(Partner):
        if model is not PartnerMerge:
            yield model._meta.get_field(name)


def moved_by_a_merge(partner: Partner) -> list[tuple[str, int]]:
    """Return what hangs on an institution, in words with numbers, for the preview."""
    counted = (
        (_plural(link), link.model._base_manager.filter(**{link.name: partner.pk}).count())
        for link in links_to_partners()
    )
    return [(words, number) for words, number in counted if number]


def _plural(link: models.ForeignKey) -> str:
    names = {
        "advising.Accompaniment": _("Begleitungen"),
        "offers.Offer": _("Angebote"),
        "offers.Proposal": _("Vorschläge"),
        "offers.ConfirmationRequest": _("Rückfragen an den Anbieter"),
        "offers.PartnerLink": _("Zugänge des Anbieters zu seinen Einträgen"),
        "offers.ImportRun": _("eingelesene Listen"),
    }
    return str(names.get(link.model._meta.label) or link.model._meta.verbose_name_plural)


@transaction.atomic
def merge_partners(kept: Partner, duplicates: Sequence[Partner], *, reason: str, on: date, actor) -> list[PartnerMerge]:
    """Move everything of the duplicates to `kept` and hide them. Raises CannotMerge; then nothing has moved."""
    ids = sorted({kept.pk, *(one.pk for one in duplicates)})
    locked = {one.pk: one for one in locking(Organisation.objects).filter(pk__in=ids).order_by("pk")}
    _check_merge(kept, duplicates, on=on)
    merges = [_merge(kept, one, locked[one.pk], reason=reason, on=on, actor=actor) for one in duplicates]
    said = ({"merged": one.merged, "kept": one.kept, "moved": one.moved} for one in merges)
    acts = [audit.Act("merge_partners", one, after=what) for one, what in zip(merges, said, strict=True)]
    audit.record_many(acts, actor=actor)
    names = ", ".join(str(one) for one in duplicates)
    audit.record("merge_partners", kept, actor=actor, note=f"{names}. {reason}")
    return merges


def _check_merge(kept: Partner, duplicates: Sequence[Partner], *, on: date) -> None:
    ids = {one.pk for one in duplicates}
    if not ids or kept.pk in ids or len(ids) < len(duplicates):
        raise CannotMerge(_("Wählen Sie mindestens eine andere Einrichtung."), field="duplicates")
    if any(one.centre_id != kept.centre_id for one in duplicates):
        raise CannotMerge(_("Zusammenführen lassen sich nur Einrichtungen desselben Zentrums."), field="duplicates")
    if PartnerMerge.objects.filter(merged__in=[kept.pk, *ids], undone_on=None).exists():
        raise CannotMerge(_("Eine der Einrichtungen wurde schon zusammengeführt."), field="duplicates")
    goes_on = Q(valid_until=None) | Q(valid_until__gte=on)
    is_open = Q(accepted_at=None, revoked_at=None, expires_at__date__gte=on)
    with_accounts = {
        name
        for found in (Membership.objects.filter(goes_on), Invitation.objects.filter(is_open))
        for name in found.filter(organisation__in=ids).values_list("organisation__name", flat=True)
    }
    if with_accounts:
        raise CannotMerge(
            _("Diese Einrichtung hat Konten: %s. Beenden Sie zuerst deren Funktionen, oder behalten Sie sie.")
            % ", ".join(sorted(with_accounts)),
            field="duplicates",
        )


def _merge(kept: Partner, duplicate: Partner, organisation: Organisation, *, reason: str, on: date, actor):
    moved = {}
    for link in links_to_partners():
        rows = link.model._base_manager.filter(**{link.name: duplicate.pk}).order_by("pk")
        ids = list(rows.values_list("pk", flat=True))
        if ids:
            _move(link, ids, kept, actor)
            moved[f"{link.model._meta.label}.{link.name}"] = ids
    merge = PartnerMerge.objects.create(
        centre_id=kept.centre_id,
        kept=kept,
        merged=duplicate,
        reason=reason,
        moved=moved,
        ended_before=organisation.valid_until,
        merged_on=on,
        **actor.signs("merged"),
    )
    if organisation.valid_until is None:
        organisation.valid_until = max(on, organisation.valid_from or on)
        organisation.save(update_fields=["valid_until"])
    return merge


def _move(link: models.ForeignKey, ids: list[int], partner: Partner, actor) -> None:
    """Move rows to an institution; offers by their own operation, so that search and kept pages follow.

    What a grant pays for bears the name of the institution: it follows too.
    """
    try:
        with transaction.atomic():
            if link.model is Offer:
                found = Offer.objects.filter(pk__in=ids).select_related("partner__organisation")
                offers.move_offers(list(found), partner, actor=actor)
            else:
                link.model._base_manager.filter(pk__in=ids).update(**{link.attname: partner.pk})
                if link.model in PAID_WITH_A_NAME:
                    rename_what_is_paid(link.model.objects.filter(pk__in=ids))
    except IntegrityError as problem:
        raise CannotMerge(
            _("Beide Einrichtungen stehen hier, wo nur eine stehen kann: %s. Entfernen Sie dort zuerst eine.")
            % _plural(link)
        ) from problem


def rename_what_is_paid(happenings: models.QuerySet) -> None:
    """Let what pays for accompaniments or openings say the name their institution bears now."""
    for happening in happenings.select_related("partner__organisation"):
        funding.keep_in_step(happening)


@transaction.atomic
def undo_merge(merge: PartnerMerge, *, on: date, actor) -> None:
    """Move back exactly what was moved, and show the institution again. Raises CannotUndo, naming what changed."""
    stored = locking(PartnerMerge.objects).get(pk=merge.pk)
    if stored.undone_on:
        raise CannotUndo(_("Diese Zusammenführung ist schon aufgehoben."))
    organisation = locking(Organisation.objects).get(pk=stored.merged_id)
    links = {f"{link.model._meta.label}.{link.name}": link for link in links_to_partners()}
    _check_undo(stored, links)
    for key, ids in stored.moved.items():
        _move(links[key], ids, stored.merged, actor)
    organisation.valid_until = stored.ended_before
    organisation.save(update_fields=["valid_until"])
    merge.undone_on = on
    merge.undone_by, merge.undone_for = actor.user, actor.on_behalf_of
    merge.save(update_fields=["undone_on", "undone_by", "undone_for"])
    audit.record("undo_merge", merge, actor=actor, after={"undone_on": on})
    audit.record("undo_merge", stored.kept, actor=actor, note=str(stored.merged))


def _check_undo(merge: PartnerMerge, links: dict) -> None:
    later = (
        PartnerMerge.objects.filter(merged=merge.kept_id, undone_on=None).select_related("kept__organisation").first()
    )
    if later:
        raise CannotUndo(
            _("„%(kept)s“ wurde inzwischen selbst mit „%(into)s“ zusammengeführt. Heben Sie zuerst das auf.")
            % {"kept": merge.kept, "into": later.kept}
        )
    changed = []
    for key, ids in merge.moved.items():
        link = links.get(key)
        model = link.model if link else apps.get_model(key.rpartition(".")[0])
        there = dict(model._base_manager.filter(pk__in=ids).values_list("pk", link.attname)) if link else {}
        gone = len(ids) - len(there)
        elsewhere = [pk for pk, now in there.items() if now != merge.kept_id]
        if gone:
            changed.append(_("%(what)s: %(number)d nicht mehr vorhanden") % {"what": _plural(link), "number": gone})
        if elsewhere:
            numbers = ", ".join(_("Nr. %s") % pk for pk in elsewhere)
            changed.append(
                _("%(what)s: inzwischen woanders (%(numbers)s)") % {"what": _plural(link), "numbers": numbers}
            )
    if changed:
        raise CannotUndo(_("Das geht nicht mehr, seitdem hat sich geändert: %s.") % "; ".join(changed))
