"""What can be asked about accompaniments and institutions. What is not visible does not exist."""

from datetime import date

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from verbund.advising import permissions
from verbund.advising.accompaniments.lifecycle import AccompanimentStatus
from verbund.advising.models import Accompaniment, AccompanimentStep, KindOfAdvice, PartnerMerge
from verbund.core.acting import Actor
from verbund.directory.calculations import folded
from verbund.directory.models import Partner
from verbund.directory.queries import valid_on

HIDDEN = PartnerMerge.objects.filter(merged=OuterRef("pk"), undone_on=None)
RUNNING = AccompanimentStatus.RUNNING
LAST_STEPS = 60
"""Among how many steps the institutions of a hurry are looked for."""


def _own(model, actor: Actor) -> QuerySet:
    if not permissions.works_in_centre(actor):
        return model.objects.none()
    return model.objects.filter(centre_id=actor.organisation_id)


def accompaniments_visible_to(actor: Actor) -> QuerySet[Accompaniment]:
    """Return the accompaniments of the own centre; all others see only numbers."""
    return _own(Accompaniment, actor).select_related("partner__organisation", "field", "stage")


def steps_visible_to(actor: Actor) -> QuerySet[AccompanimentStep]:
    """Return the steps of the own centre."""
    return _own(AccompanimentStep, actor).select_related("accompaniment__partner__organisation")


def merges_visible_to(actor: Actor) -> QuerySet[PartnerMerge]:
    """Return what the own centre has merged."""
    return _own(PartnerMerge, actor).select_related("kept__organisation", "merged__organisation")


def institutions_visible_to(actor: Actor) -> QuerySet[Partner]:
    """Return the institutions of the own centre, without those that were merged into another one."""
    found = _own(Partner, actor).select_related("organisation", "municipality")
    return found.filter(~Exists(HIDDEN))


def offered_institutions(centre_id: int, *, on: date) -> QuerySet[Partner]:
    """Return the institutions that forms offer: at work on that day, not merged into another one."""
    return Partner.objects.filter(~Exists(HIDDEN), valid_on(on, prefix="organisation__"), centre_id=centre_id)


def names_of_institutions(centre_id: int, *, on: date) -> list[tuple[int, str]]:
    """Return id and name of the institutions that forms offer, by name."""
    found = offered_institutions(centre_id, on=on).order_by("organisation__name")
    return list(found.values_list("pk", "organisation__name"))


def institution_called(name: str, names: list[tuple[int, str]]) -> int | None:
    """Return the id of the institution of that name, whatever its case; None where there is none."""
    wanted = " ".join(folded(name).split())
    return next((pk for pk, other in names if " ".join(folded(other).split()) == wanted), None)


def recent_institutions(actor: Actor, *, on: date, most: int = 6) -> list[tuple[int, str]]:
    """Return id and name of the institutions of the last steps, those the person wrote down before the others'."""
    steps = steps_visible_to(actor).filter(valid_on(on, prefix="accompaniment__partner__organisation__"))
    last = steps.order_by("-done_on", "-pk").values_list(
        "recorded_by", "accompaniment__partner", "accompaniment__partner__organisation__name"
    )[:LAST_STEPS]
    mine_first = sorted(last, key=lambda row: row[0] != actor.user.pk)
    return list(dict.fromkeys((pk, name) for _by, pk, name in mine_first))[:most]


def running_of(partner_ids) -> QuerySet[Accompaniment]:
    """Return the accompaniments of institutions that go on, newest first."""
    return Accompaniment.objects.filter(partner__in=partner_ids, status=RUNNING).order_by("-started_on", "-pk")


def last_of(partner_id: int) -> Accompaniment | None:
    """Return an institution's last accompaniment: its field and stage are the usual ones."""
    found = Accompaniment.objects.filter(partner=partner_id).select_related("field", "stage")
    return found.order_by("-started_on", "-pk").first()


def kinds_of_advice(partner_kind: str, *, on: date) -> list[KindOfAdvice]:
    """Return the kinds of advice for a kind of institution on a day."""
    return [
        kind
        for kind in KindOfAdvice.objects.filter(valid_on(on))
        if not kind.partner_kinds or not partner_kind or partner_kind in kind.partner_kinds
    ]


def follow_ups(actor: Actor) -> QuerySet[Accompaniment]:
    """Return the accompaniments with a follow-up day, the earliest first."""
    return accompaniments_visible_to(actor).filter(follow_up_on__isnull=False).order_by("follow_up_on", "pk")


def with_last_contact(partners: QuerySet[Partner]) -> QuerySet[Partner]:
    """Add to institutions when the last step was done and how many accompaniments run."""
    steps = AccompanimentStep.objects.filter(accompaniment__partner=OuterRef("pk")).order_by()
    last = steps.values("accompaniment__partner").annotate(last=Max("done_on")).values("last")
    running = Accompaniment.objects.filter(partner=OuterRef("pk"), status=RUNNING)
    return partners.annotate(last_contact=Subquery(last), is_accompanied=Exists(running))


def filtered_accompaniments(found: QuerySet[Accompaniment], filters: dict, *, on: date) -> QuerySet[Accompaniment]:
    """Narrow accompaniments by what stands in the address: text, status, term, due."""
    if filters["q"]:
        found = found.filter(
            Q(occasion__icontains=filters["q"]) | Q(partner__organisation__name__icontains=filters["q"])
        )
    if filters["stand"]:
        found = found.filter(status=filters["stand"])
    if filters["feld"]:
        found = found.filter(Q(field=filters["feld"]) | Q(stage=filters["feld"]))
    if filters["faellig"]:
        found = found.filter(follow_up_on__lte=on)
    return found


def filtered_institutions(found: QuerySet[Partner], filters: dict, *, on: date) -> QuerySet[Partner]:
    """Narrow institutions (with last contact) by text, kind, town, field and whether they were ever advised."""
    if filters["q"]:
        found = found.filter(organisation__name__icontains=filters["q"])
    if filters["art"]:
        found = found.filter(kind=filters["art"])
    if filters["ort"]:
        found = found.filter(municipality=filters["ort"])
    if filters["feld"]:
        term = Q(field=filters["feld"]) | Q(stage=filters["feld"])
        found = found.filter(Exists(Accompaniment.objects.filter(term, partner=OuterRef("pk"))))
    if filters["beendet"] != "1":
        found = found.filter(valid_on(on, prefix="organisation__"))
    if filters["kontakt"] == "nie":
        found = found.filter(last_contact=None)
    elif filters["kontakt"]:
        found = found.filter(last_contact__lt=filters["kontakt_vor"])
    return found.order_by(F("last_contact").desc(nulls_last=True), "organisation__name", "pk")
