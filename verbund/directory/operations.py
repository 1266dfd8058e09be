"""What can be done in the directory: describe a centre, record and correct steps of its life, make a partner."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.references import referred_to
from verbund.core.versions import claim_version
from verbund.directory.models import Centre, LifeStep, Organisation, OrganisationName, Partner

STEP_FIELDS = ("kind", "body", "day_from", "day_until", "evidence", "result", "source")

audit.describe("describe_centre", gettext_lazy("Angaben geändert"))
audit.describe("record_life_step", gettext_lazy("Schritt eingetragen"))
audit.describe("correct_life_step", gettext_lazy("Schritt berichtigt"))
audit.describe("create_partner", gettext_lazy("Einrichtung angelegt"))
audit.describe("delete_partner", gettext_lazy("Einrichtung gelöscht"))


class WrongRenaming(DomainError):
    """A renaming without a new name, without its source, or on a day that does not fit the earlier names."""


class WrongPeriod(DomainError):
    """A step's days are in the wrong order, missing, or not yet there."""


class AlreadyKnown(DomainError):
    """The centre has a partner of this name already."""


@transaction.atomic
def describe_centre(centre, *, name: str, short_name: str, renamed_on: date | None, source: str, seen, actor):
    """Save a centre's local name.

    Without `renamed_on` the name is corrected. With it the earlier name is kept for the days before, with `source`.
    `seen` is the version on the screen. Raises WrongRenaming, StaleVersion.
    """
    organisation = locking(Organisation.objects).get(pk=centre.pk)
    before = {"name": organisation.name, "short_name": organisation.short_name}
    if renamed_on:
        _check_renaming(organisation, name, renamed_on, source)
    claim_version(centre, seen)
    if renamed_on:
        _keep_earlier_name(organisation, name, short_name, renamed_on, source)
    else:
        organisation.names.filter(valid_until=None).update(name=name, short_name=short_name)
    organisation.name, organisation.short_name = name, short_name
    organisation.save(update_fields=["name", "short_name"])
    centre.changed_at = timezone.now()
    centre.save(update_fields=["changed_at"])
    after = {"name": name, "short_name": short_name}
    if renamed_on:
        note = _("umbenannt zum %(day)s, Quelle: %(source)s") % {"day": f"{renamed_on:%d.%m.%Y}", "source": source}
    else:
        note = ""
    audit.record("describe_centre", centre, actor=actor, before=before, after=after, note=note)


def _check_renaming(organisation, name: str, renamed_on: date, source: str) -> None:
    if name == organisation.name:
        raise WrongRenaming(_("Der Name ist unverändert. Lassen Sie den Tag der Umbenennung frei."), field="renamed_on")
    if not source:
        raise WrongRenaming(_("Nennen Sie die Quelle der Umbenennung, zum Beispiel den Beschluss."), field="source")
    if organisation.names.filter(valid_from__gte=renamed_on).exists():
        raise WrongRenaming(_("Für diese Zeit ist schon ein späterer Name eingetragen."), field="renamed_on")


def _keep_earlier_name(organisation, name: str, short_name: str, renamed_on: date, source: str) -> None:
    """Close the period of the name so far and begin that of the new one."""
    last_day = renamed_on - timedelta(days=1)
    if not organisation.names.filter(valid_until=None).update(valid_until=last_day):
        OrganisationName.objects.create(
            organisation=organisation,
            name=organisation.name,
            short_name=organisation.short_name,
            valid_until=last_day,
            source=organisation.source or source,
        )
    OrganisationName.objects.create(
        organisation=organisation, name=name, short_name=short_name, valid_from=renamed_on, source=source
    )


@transaction.atomic
def record_life_step(centre, *, on: date, actor, **facts) -> LifeStep:
    """Record a step in a centre's life; `facts` are kind, body, day_from, day_until, evidence, result and source.

    `day_until` may be None for a known day. History entered later shows when it was recorded. Raises WrongPeriod.
    """
    facts = _checked_period(facts, on=on)
    step = LifeStep.objects.create(centre=centre, **{name: facts[name] for name in STEP_FIELDS})
    mark_as_changed(centre.pk)
    audit.record("record_life_step", step, actor=actor, after={name: facts[name] for name in STEP_FIELDS})
    return step


@transaction.atomic
def correct_life_step(step: LifeStep, *, on: date, seen: int, actor, **facts) -> None:
    """Correct a step; the earlier wording stays in the audit trail. Raises WrongPeriod, StaleVersion."""
    facts = _checked_period(facts, on=on)
    before = {name: getattr(step, name) for name in STEP_FIELDS}
    claim_version(step, seen)
    for name in STEP_FIELDS:
        setattr(step, name, facts[name])
    step.save(update_fields=STEP_FIELDS)
    mark_as_changed(step.centre_id)
    after = {name: facts[name] for name in STEP_FIELDS}
    audit.record("correct_life_step", step, actor=actor, before=before, after=after)


def mark_as_changed(centre_id: int) -> None:
    """Let the public page of the centre be made anew: something it says has changed, here or in an app above."""
    Centre.objects.filter(pk=centre_id).update(changed_at=timezone.now())


def mark_all_as_changed() -> None:
    """Let the public pages of all centres be made anew."""
    Centre.objects.update(changed_at=timezone.now())


def _checked_period(facts: dict, *, on: date) -> dict:
    """Return the facts with both days filled in; raises WrongPeriod."""
    first, last = facts["day_from"], facts["day_until"] or facts["day_from"]
    if last is None:
        raise WrongPeriod(_("Geben Sie den Tag oder den Zeitraum an, in dem er liegt."), field="day_from")
    if first is None and facts["kind"] not in LifeStep.PREDECESSORS:
        raise WrongPeriod(_("Nur bei einem Vorläufer darf der Beginn fehlen."), field="day_from")
    if first and first > last:
        raise WrongPeriod(_("Der späteste Tag liegt vor dem frühesten."), field="day_until")
    if (first or last) > on:
        raise WrongPeriod(_("Der Tag liegt in der Zukunft. Tragen Sie den Schritt ein, wenn er geschehen ist."),
                          field="day_from" if first else "day_until")  # fmt: skip
    return {**facts, "day_from": first, "day_until": last}


@transaction.atomic
def create_partner(centre, name: str, values: dict, *, is_demo: bool = False, actor) -> Partner:
    """Make an organisation a centre works with: it has offers, is advised, or takes part. Raises AlreadyKnown."""
    if Partner.objects.filter(centre=centre, organisation__name__iexact=name).exists():
        raise AlreadyKnown(_("Diese Einrichtung gibt es in Ihrem Zentrum schon."), field="name")
    organisation = Organisation.objects.create(
        kind=Organisation.Kind.PROVIDER, code=_own_code(), name=name, is_demo=is_demo
    )
    partner = Partner.objects.create(organisation=organisation, centre=centre, **values)
    audit.record("create_partner", partner, actor=actor, after={"name": name, **values})
    return partner


@transaction.atomic
def create_partners(centre, names: Sequence[str], values: dict, *, actor) -> list[Partner]:
    """Make several organisations a centre works with, alike but for their names, all or none. Raises AlreadyKnown."""
    wanted = {name.casefold() for name in names}
    known = Partner.objects.filter(centre=centre).values_list("organisation__name", flat=True)
    if len(wanted) < len(names) or not wanted.isdisjoint(name.casefold() for name in known):
        raise AlreadyKnown(_("Diese Einrichtung gibt es in Ihrem Zentrum schon."), field="name")
    organisations = Organisation.objects.bulk_create(
        Organisation(kind=Organisation.Kind.PROVIDER, code=_own_code(), name=name) for name in names
    )
    partners = Partner.objects.bulk_create(
        Partner(organisation=organisation, centre=centre, **values) for organisation in organisations
    )
    acts = (
        audit.Act("create_partner", partner, after={"name": partner.organisation.name, **values})
        for partner in partners
    )
    audit.record_many(acts, actor=actor)
    return partners


@transaction.atomic
def delete_unused_partners(centre, ids: Collection[int], *, actor) -> None:
    """Delete those of a centre's organisations that nobody has changed and nothing refers to; the others stay."""
    found = Partner.objects.filter(pk__in=ids, centre=centre, version=1).select_related("organisation")
    held = list(locking(found.order_by("pk"), to_delete=True))
    pks = [one.pk for one in held]
    used = referred_to(Partner, pks) | referred_to(Organisation, pks, besides=[Partner])
    gone = [one for one in held if one.pk not in used]
    acts = [audit.Act("delete_partner", one, before={"name": one.organisation.name}) for one in gone]
    Partner.objects.filter(pk__in=[one.pk for one in gone]).delete()
    Organisation.objects.filter(pk__in=[one.pk for one in gone]).delete()
    audit.record_many(acts, actor=actor)


def _own_code() -> str:
    return f"TR-{uuid4().hex[:12].upper()}"
