"""What can be done with the concepts of a coordination unit: write, release, withdraw; take over and follow them."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.demonstration import is_made_up
from verbund.advising.models import ConceptTemplate, InterculturalOpening, OpeningMeasure, TemplateVersion
from verbund.advising.openings import concept, notifications, operations, queries
from verbund.advising.openings.lifecycle import OPEN, TEMPLATE, TemplateStatus
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Centre, Organisation, Partner

HEAD = ("title", "summary", "field")
MOST_PARTS = 60


class NothingToRelease(DomainError):
    """A concept without a goal, or one that says the same as its last version."""


class TooManyParts(DomainError):
    """More parts of a kind than anybody reads."""


class NoSuchPart(DomainError):
    """A part somebody else has struck out meanwhile."""


class NothingNewer(DomainError):
    """There is no newer version to follow."""


@transaction.atomic
def begin_template(unit: Organisation, *, title: str, summary: str, field, on: date, actor: Actor) -> ConceptTemplate:
    """Begin a concept as a draft of the unit."""
    template = ConceptTemplate.objects.create(
        unit=unit,
        title=title,
        summary=summary,
        field=field,
        draft=concept.empty(),
        status_since=on,
        is_demo=is_made_up(actor),
    )
    audit.record("begin_template", template, actor=actor, after={"title": title, "field": field.pk})
    return template


@transaction.atomic
def edit_template(template: ConceptTemplate, *, title: str, summary: str, field, seen: int, actor: Actor) -> None:
    """Change title, summary and field of what is written now. Raises StaleVersion."""
    claim_version(template, seen)
    before = {"title": template.title, "summary": template.summary, "field": template.field_id}
    template.title, template.summary, template.field = title, summary, field
    template.save(update_fields=list(HEAD))
    after = {"title": title, "summary": summary, "field": field.pk}
    audit.record("edit_template", template, actor=actor, before=before, after=after)


@transaction.atomic
def save_template_part(template: ConceptTemplate, kind: str, *, key: str, values: dict, actor: Actor) -> None:
    """Add a part to the draft (without a key) or change one. Raises NoSuchPart, TooManyParts."""
    locked = locking(ConceptTemplate.objects).get(pk=template.pk)
    parts = locked.draft[kind]
    if not key:
        if len(parts) >= MOST_PARTS:
            raise TooManyParts(_("Mehr als %(most)s davon liest niemand.") % {"most": MOST_PARTS})
        used = concept.highest([one.content for one in locked.versions.all()], kind)
        parts.append(concept.part(kind, concept.next_key(locked.draft, kind, also=used), values))
    else:
        parts[_place(parts, key)] = concept.part(kind, key, values)
    _save_draft(template, locked, note=concept.name_of(kind, values), actor=actor)


@transaction.atomic
def remove_template_part(template: ConceptTemplate, kind: str, *, key: str, actor: Actor) -> None:
    """Strike a part out of the draft; released versions keep it. Raises NoSuchPart."""
    locked = locking(ConceptTemplate.objects).get(pk=template.pk)
    gone = locked.draft[kind].pop(_place(locked.draft[kind], key))
    note = _("gestrichen: %(part)s") % {"part": concept.name_of(kind, gone)}
    _save_draft(template, locked, note=note, actor=actor)


def _place(parts: list[dict], key: str) -> int:
    for place, one in enumerate(parts):
        if one["key"] == key:
            return place
    raise NoSuchPart(_("Diesen Teil gibt es nicht mehr. Laden Sie die Seite neu."))


def _save_draft(template: ConceptTemplate, locked: ConceptTemplate, *, note: str, actor: Actor) -> None:
    claim_version(locked, locked.version)
    template.draft, template.version = locked.draft, locked.version
    template.save(update_fields=["draft"])
    audit.record("edit_template", template, actor=actor, note=note[:500])


@transaction.atomic
def release_template(template: ConceptTemplate, *, note: str, on: date, actor: Actor) -> TemplateVersion:
    """Make what is written now the next version, visible to all centres; those who took it over hear of it.

    Raises NotAllowedNow, NothingToRelease.
    """
    locked = locking(ConceptTemplate.objects).get(pk=template.pk)
    newest = queries.newest_version(locked)
    if not locked.draft["goals"]:
        raise NothingToRelease(_("Ein Musterkonzept braucht mindestens ein Ziel."))
    if not has_news(locked, newest):
        raise NothingToRelease(_("Seit der letzten Fassung hat sich nichts geändert."))
    changes = {"status_since": on, "withdraw_reason": ""}
    TEMPLATE.apply("release_template", template, actor=actor, changes=changes, note=note)
    if newest and _is_same(locked, newest):
        return newest
    version = TemplateVersion.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        title=locked.title,
        summary=locked.summary,
        content=locked.draft,
        note=note,
        released_on=on,
        **actor.signs("released"),
    )
    notifications.tell_centres_about_version(version)
    return version


def has_news(template: ConceptTemplate, newest: TemplateVersion | None) -> bool:
    """Whether releasing would change anything for the centres: other words, or a concept that was withdrawn."""
    return newest is None or template.status != TemplateStatus.RELEASED or not _is_same(template, newest)


def _is_same(template: ConceptTemplate, version: TemplateVersion) -> bool:
    said = (template.title, template.summary, template.draft)
    return (version.title, version.summary, version.content) == said


@transaction.atomic
def withdraw_template(template: ConceptTemplate, *, reason: str, on: date, actor: Actor) -> None:
    """Take a concept away from the centres; openings keep what they took over. Raises NotAllowedNow."""
    changes = {"status_since": on, "withdraw_reason": reason}
    TEMPLATE.apply("withdraw_template", template, actor=actor, changes=changes)


@transaction.atomic
def take_over(
    template: ConceptTemplate,
    centre: Centre,
    *,
    partner: Partner,
    responsible: str,
    on: date,
    actor: Actor,
) -> InterculturalOpening:
    """Propose an opening with all parts of the newest version; it keeps where it came from.

    Raises NotAllowedNow for a concept that is not released, ForeignPartner.
    """
    locked = locking(ConceptTemplate.objects).get(pk=template.pk)
    if locked.status != TemplateStatus.RELEASED:
        raise NotAllowedNow(_("Dieses Musterkonzept ist nicht mehr freigegeben."))
    version = queries.newest_version(locked)
    opening = operations.propose_opening(
        centre,
        partner=partner,
        subject=version.title,
        responsible=responsible,
        field=locked.field,
        origin=version,
        on=on,
        actor=actor,
    )
    for kind, model in queries.PARTS.items():
        for one in version.content[kind]:
            _add(model, kind, opening, one, on=on, actor=actor)
    return opening


def _add(model, kind: str, opening: InterculturalOpening, one: dict, *, on: date, actor: Actor) -> None:
    values = {field: one[field] for field in concept.FIELDS[kind]}
    operations.add_part(model, opening, values=values, on=on, origin_key=one["key"], actor=actor)


@transaction.atomic
def adopt_version(opening: InterculturalOpening, *, on: date, actor: Actor) -> TemplateVersion:
    """Follow the newest version of the concept: what the centre changed itself stays, new parts are added.

    A part the centre left out stays out; one the new version leaves out stays. Raises NotAllowedNow, NothingNewer.
    """
    newer = _newer(opening)
    old = opening.origin.content
    for kind, model in queries.PARTS.items():
        before = {one["key"]: one for one in old[kind]}
        mine = {row.origin_key: row for row in model.objects.filter(opening=opening).exclude(origin_key="")}
        for one in newer.content[kind]:
            key = one["key"]
            if key not in before and key not in mine:
                _add(model, kind, opening, one, on=on, actor=actor)
            elif key in before and key in mine and _is_untouched(kind, mine[key], before[key]) and one != before[key]:
                values = {field: one[field] for field in concept.FIELDS[kind]}
                operations.edit_part(mine[key], values=values, seen=mine[key].version, actor=actor)
    was = opening.origin.number
    opening.origin = newer
    opening.save(update_fields=["origin"])
    note = _("Fassung %(was)s, jetzt Fassung %(now)s") % {"was": was, "now": newer.number}
    audit.record("adopt_version", opening, actor=actor, note=note)
    return newer


def _is_untouched(kind: str, row, before: dict) -> bool:
    """Whether a part still says what it said when it was taken over; a measure that was begun is no longer touched."""
    if isinstance(row, OpeningMeasure) and row.status != "PLANNED":
        return False
    return all(getattr(row, field) == before[field] for field in concept.FIELDS[kind])


@transaction.atomic
def set_version_aside(opening: InterculturalOpening, *, actor: Actor) -> None:
    """Say that the centre has seen the newest version and stays with its own. Raises NotAllowedNow, NothingNewer."""
    newer = _newer(opening)
    opening.set_aside = newer.number
    opening.save(update_fields=["set_aside"])
    audit.record("set_version_aside", opening, actor=actor, after={"set_aside": newer.number})


def _newer(opening: InterculturalOpening) -> TemplateVersion:
    """Lock an opening and return the newer version of its concept."""
    locked = locking(InterculturalOpening.objects).get(pk=opening.pk)
    if locked.status not in OPEN:
        raise NotAllowedNow(_("Diese Öffnung ist abgeschlossen oder beendet und wird nicht mehr geändert."))
    newer = queries.newer_version(locked)
    if newer is None:
        raise NothingNewer(_("Es gibt keine neuere Fassung."))
    return newer
