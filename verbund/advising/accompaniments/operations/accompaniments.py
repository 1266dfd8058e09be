"""Accompanying an institution: begin, write down steps, follow up, close, take up again."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.accompaniments.calculations import counted_people
from verbund.advising.accompaniments.lifecycle import ACCOMPANIMENT
from verbund.advising.models import Accompaniment, AccompanimentStep, PartnerMerge
from verbund.advising.requests.lifecycle import TrainingStatus
from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Organisation, Partner
from verbund.directory.queries import valid_on
from verbund.funding import operations as funding

PLAIN = (
    "occasion", "duration", "started_on", "agreement", "agreed_on", "agreed_from", "agreed_until", "material",
    "follow_up_on", "follow_up_note",
)  # fmt: skip
LINKS = ("field", "stage", "kind_of_advice", "offer", "training", "municipality")
STEP_FIELDS = ("done_on", "kind", "minutes", "what", "attended", "people", "result")


class WrongDay(DomainError):
    """A day in the future, or days in the wrong order."""


class EndedInstitution(DomainError):
    """An institution that has ended its work, or goes on under another name."""


class WrongKind(DomainError):
    """Neither field nor stage, or a kind of advice that is not for this institution."""


class WrongOffer(DomainError):
    """An offer of another centre."""


class NotInProgramme(DomainError):
    """A training a coordination unit has not published. One that was dropped later stays where it is linked."""


class ClosedForIt(NotAllowedNow):
    """A closed accompaniment gets no further steps; it is taken up again first."""


@dataclass(frozen=True)
class StepFacts:
    """What is written down about a step; `attended` says functions with numbers, never names."""

    done_on: date
    what: str
    kind: str = AccompanimentStep.Kind.VISIT
    minutes: int | None = None
    attended: str = ""
    result: str = ""

    def values(self) -> dict:
        """Return the values of the record: who took part in one form, and how many that are."""
        attended, people = counted_people(self.attended)
        return {**asdict(self), "attended": attended[:300], "people": people}


@transaction.atomic
def start_accompaniment(
    partner: Partner, facts: dict, *, step: StepFacts | None, on: date, actor, is_demo: bool = False
) -> Accompaniment:
    """Begin to accompany an institution, mostly with the first step.

    `facts` holds values of the record; `field` or `stage` is among them, `audiences` may be. Raises WrongDay,
    WrongKind, WrongOffer, EndedInstitution.
    """
    plain = {name: facts[name] for name in PLAIN if facts.get(name)}
    links = {name: facts.get(name) for name in LINKS}
    links["municipality"] = links["municipality"] or partner.municipality
    plain.setdefault("started_on", step.done_on if step else on)
    _hold_institution(partner)
    _check_institution(partner, plain["started_on"])
    _check_facts(partner, {**plain, **links}, on=on)
    made = Accompaniment.objects.create(
        partner=partner, centre_id=partner.centre_id, is_demo=is_demo, **plain, **links, **actor.signs("recorded")
    )
    audiences = list(facts.get("audiences") or ())
    made.audiences.set(audiences)
    audit.record("start_accompaniment", made, actor=actor, after=_told(plain, links, audiences))
    if step:
        record_step(made, step, on=on, actor=actor)
    return made


@transaction.atomic
def edit_accompaniment(accompaniment: Accompaniment, facts: dict, *, seen: int, on: date, actor) -> None:
    """Change what is said about an accompaniment. Raises StaleVersion, WrongDay, WrongKind, WrongOffer.

    A grant that pays for it keeps the beginning within its period: raises OutsideGrantPeriod.
    """
    stored = locking(Accompaniment.objects).get(pk=accompaniment.pk)
    plain, links = {name: facts[name] for name in PLAIN}, {name: facts[name] for name in LINKS}
    _check_facts(stored.partner, {**plain, **links}, on=on)
    funding.refuse_outside_grant_period(stored, plain["started_on"], field="started_on")
    before = _told(
        *({name: getattr(stored, name) for name in names} for names in (PLAIN, LINKS)), stored.audiences.all()
    )
    claim_version(stored, seen)
    for name, value in {**plain, **links}.items():
        setattr(accompaniment, name, value)
    accompaniment.version = stored.version
    accompaniment.save(update_fields=[*PLAIN, *LINKS])
    accompaniment.audiences.set(facts["audiences"])
    funding.keep_in_step(accompaniment)
    after = _told(plain, links, facts["audiences"])
    audit.record("edit_accompaniment", accompaniment, actor=actor, before=before, after=after)


def _told(plain: dict, links: dict, audiences) -> dict:
    """Return values as the history tells them: linked records by their names."""
    named = {f"{name}_name": str(value) if value else "" for name, value in links.items()}
    return {**plain, **named, "audiences": ", ".join(str(one) for one in audiences)}


def _hold_institution(partner: Partner) -> None:
    """Keep others from merging or ending the institution until this act is done."""
    locking(Organisation.objects).get(pk=partner.pk)


def _check_institution(partner: Partner, day: date) -> None:
    merge = PartnerMerge.objects.filter(merged=partner, undone_on=None).select_related("kept__organisation").first()
    if merge:
        raise EndedInstitution(
            _("Diese Einrichtung wird jetzt als „%s“ geführt. Wählen Sie diese.") % merge.kept, field="institution"
        )
    if not Partner.objects.filter(valid_on(day, prefix="organisation__"), pk=partner.pk).exists():
        raise EndedInstitution(_("Diese Einrichtung hat ihre Arbeit beendet."), field="institution")


def _check_facts(partner: Partner, facts: dict, *, on: date) -> None:
    if not (facts["field"] or facts["stage"]):
        raise WrongKind(_("Wählen Sie ein Handlungsfeld oder eine Stufe der Bildungskette."), field="field")
    if facts["started_on"] > on:
        raise WrongDay(_("Der Tag liegt in der Zukunft."), field="started_on")
    first, last = facts.get("agreed_from"), facts.get("agreed_until")
    if first and last and last < first:
        raise WrongDay(_("Das Ende liegt vor dem Beginn."), field="agreed_until")
    kind = facts["kind_of_advice"]
    if kind and kind.partner_kinds and partner.kind not in kind.partner_kinds:
        raise WrongKind(
            _("„%(kind)s“ ist keine Art der Beratung für: %(institution)s.")
            % {"kind": kind, "institution": partner.get_kind_display()},
            field="kind_of_advice",
        )
    if facts["offer"] and facts["offer"].partner.centre_id != partner.centre_id:
        raise WrongOffer(_("Dieses Angebot gehört zu einem anderen Zentrum."), field="offer")
    if facts["training"] and facts["training"].status == TrainingStatus.PLANNED:
        raise NotInProgramme(_("Diese Fortbildung steht nicht im Programm."), field="training")


@transaction.atomic
def record_step(accompaniment: Accompaniment, facts: StepFacts, *, on: date, actor) -> AccompanimentStep:
    """Write down a step. An earlier step moves the beginning.

    Raises WrongDay, ClosedForIt, EndedInstitution, OutsideGrantPeriod.
    """
    locked = locking(Accompaniment.objects).select_related("partner").get(pk=accompaniment.pk)
    _check_open(locked)
    _check_step_day(facts, on)
    _check_institution(locked.partner, facts.done_on)
    _check_beginning(locked, facts)
    values = facts.values()
    step = AccompanimentStep.objects.create(
        accompaniment=accompaniment, centre_id=locked.centre_id, **values, **actor.signs("recorded")
    )
    _begin_at_first_step(accompaniment, locked, facts.done_on)
    audit.record("record_step", step, actor=actor, after=values)
    return step


@transaction.atomic
def edit_step(step: AccompanimentStep, facts: StepFacts, *, seen: int, on: date, actor) -> None:
    """Correct a step; nothing is recorded where nothing changes. Raises WrongDay, StaleVersion, OutsideGrantPeriod."""
    stored = locking(AccompanimentStep.objects).get(pk=step.pk)
    _check_step_day(facts, on)
    values, before = facts.values(), {name: getattr(stored, name) for name in STEP_FIELDS}
    if values == before:
        return
    _check_beginning(stored.accompaniment, facts)
    claim_version(stored, seen)
    for name, value in values.items():
        setattr(step, name, value)
    step.version = stored.version
    step.save(update_fields=STEP_FIELDS)
    _begin_at_first_step(step.accompaniment, step.accompaniment, facts.done_on)
    audit.record("edit_step", step, actor=actor, before=before, after=values)


@transaction.atomic
def remove_step(step: AccompanimentStep, *, reason: str, actor) -> None:
    """Strike out a step that was a mistake; the history of the accompaniment keeps that it was there."""
    stored = locking(AccompanimentStep.objects, to_delete=True).get(pk=step.pk)
    before = {name: getattr(stored, name) for name in STEP_FIELDS}
    audit.record("remove_step", stored, actor=actor, before=before, note=reason)
    audit.record("remove_step", stored.accompaniment, actor=actor, note=reason)
    stored.delete()


def _check_open(accompaniment: Accompaniment) -> None:
    if not accompaniment.is_running:
        raise ClosedForIt(_("Diese Begleitung ist abgeschlossen. Nehmen Sie sie zuerst wieder auf."))


def _check_step_day(facts: StepFacts, on: date) -> None:
    if facts.done_on > on:
        raise WrongDay(_("Der Tag liegt in der Zukunft. Für später gibt es die Wiedervorlage."), field="done_on")


def _check_beginning(accompaniment: Accompaniment, facts: StepFacts) -> None:
    if facts.done_on < accompaniment.started_on:
        funding.refuse_outside_grant_period(accompaniment, facts.done_on, field="done_on")


def _begin_at_first_step(accompaniment: Accompaniment, stored: Accompaniment, day: date) -> None:
    if day < stored.started_on:
        accompaniment.started_on = day
        accompaniment.save(update_fields=["started_on"])
        funding.keep_in_step(accompaniment)


@transaction.atomic
def set_follow_up(accompaniment: Accompaniment, *, follow_up_on: date, follow_up_note: str, actor) -> None:
    """Say when to take the accompaniment in hand again; until it is done it stands in the work list."""
    locked = locking(Accompaniment.objects).get(pk=accompaniment.pk)
    _check_open(locked)
    _set_follow_up("set_follow_up", accompaniment, locked, follow_up_on, follow_up_note, actor)


@transaction.atomic
def finish_follow_up(accompaniment: Accompaniment, *, actor) -> None:
    """Take the follow-up out of the work list; nothing is recorded where there is none."""
    locked = locking(Accompaniment.objects).get(pk=accompaniment.pk)
    if locked.follow_up_on:
        _set_follow_up("finish_follow_up", accompaniment, locked, None, "", actor)


def _set_follow_up(verb: str, accompaniment: Accompaniment, stored: Accompaniment, day: date | None, note: str, actor):
    before = {"follow_up_on": stored.follow_up_on, "follow_up_note": stored.follow_up_note}
    accompaniment.follow_up_on, accompaniment.follow_up_note = day, note
    accompaniment.save(update_fields=list(before))
    audit.record(verb, accompaniment, actor=actor, before=before, after={"follow_up_on": day, "follow_up_note": note})


@transaction.atomic
def close_accompaniment(
    accompaniment: Accompaniment, *, outcome: str, closing_reason: str, closed_on: date, on: date, actor
) -> None:
    """Close with result and why; an open follow-up is done with it. Raises NotAllowedNow, WrongDay."""
    if closed_on > on or closed_on < accompaniment.started_on:
        raise WrongDay(_("Der Tag liegt in der Zukunft oder vor dem Beginn."), field="closed_on")
    changes = closing(outcome=outcome, reason=closing_reason, closed_on=closed_on)
    ACCOMPANIMENT.apply("close_accompaniment", accompaniment, actor=actor, changes=changes)


def closing(*, outcome: str, reason: str, closed_on: date) -> dict:
    """Return the values with which an accompaniment is closed."""
    follow_up = {"follow_up_on": None, "follow_up_note": ""}
    return {"outcome": outcome, "closing_reason": reason, "closed_on": closed_on, **follow_up}


@transaction.atomic
def reopen_accompaniment(accompaniment: Accompaniment, *, reason: str, on: date, actor) -> None:
    """Take a closed accompaniment up again. Raises NotAllowedNow, EndedInstitution."""
    _hold_institution(accompaniment.partner)
    _check_institution(accompaniment.partner, on)
    changes = {"outcome": "", "closing_reason": "", "closed_on": None}
    ACCOMPANIMENT.apply("reopen_accompaniment", accompaniment, actor=actor, changes=changes, note=reason)
