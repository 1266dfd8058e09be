"""The list of deadlines: filters that live in the address, rows as plain values."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import deadlines
from verbund.core.acting import Actor
from verbund.core.models import Deadline
from verbund.core.worklist import LATER, OVERDUE, THIS_WEEK, stretch_of, sunday_of
from verbund.directory.models import Organisation

LAPSED, DONE = "abgelaufen", "erledigt"
STRETCHES = {
    "ueberfaellig": gettext_lazy("überfällig"),
    "woche": gettext_lazy("diese Woche"),
    "spaeter": gettext_lazy("später"),
    LAPSED: gettext_lazy("abgelaufen"),
    DONE: gettext_lazy("erledigt oder aufgehoben"),
}
TONES = {OVERDUE: "danger", THIS_WEEK: "warning", LATER: "info"}


def filtered(filters, actor: Actor, *, on: date) -> QuerySet[Deadline]:
    """Return the deadlines this person may see that match the filters; without one what still runs or is overdue."""
    found = deadlines.visible_to(actor).filter(_of_stretch(filters.get("stand", ""), on))
    if filters.get("art") in deadlines.KINDS:
        found = found.filter(kind=filters["art"])
    if (organisation := filters.get("traeger", "")).isdecimal() and len(organisation) < 10:
        found = found.filter(organisation_id=int(organisation))
    return found.order_by("-ends_on", "-pk") if filters.get("stand") in {LAPSED, DONE} else found


def _of_stretch(name: str, on: date) -> Q:
    lapsed = Q(kind__in=[code for code, kind in deadlines.KINDS.items() if kind.lapses], ends_on__lt=on)
    running = deadlines.OPEN & ~lapsed
    return {
        "ueberfaellig": running & Q(ends_on__lt=on),
        "woche": running & Q(ends_on__gte=on, ends_on__lte=sunday_of(on)),
        "spaeter": running & Q(ends_on__gt=sunday_of(on)),
        LAPSED: deadlines.OPEN & lapsed,
        DONE: ~deadlines.OPEN,
    }.get(name, running)


def rows(found: Iterable[Deadline], *, on: date) -> list[dict]:
    """Return the deadlines as a page prints them; one statement per model they run on."""
    found = list(found)
    subjects = deadlines.subjects_of(found)
    return [shown(one, subjects.get(one.pk), on=on) for one in found]


def shown(deadline: Deadline, subject, *, on: date) -> dict:
    """Return one deadline in words: what, for whom, until when, why then, and how it stands."""
    kind = deadlines.KINDS.get(deadline.kind)
    label, tone = standing(deadline, on)
    return {
        "deadline": deadline,
        "kind": deadlines.label_of(deadline.kind),
        "title": kind.title(subject) if kind and subject else _("Vorgang nicht mehr vorhanden"),
        "url": kind.url(subject) if kind and subject else "",
        "because": ", ".join(deadline.because),
        "standing": label,
        "tone": tone,
    }


def standing(deadline: Deadline, on: date) -> tuple[str, str]:
    """Return how a deadline stands on a day, as a word and its tone."""
    if deadline.fulfilled_on:
        return _("erledigt"), "success"
    if deadline.lifted_on:
        return _("aufgehoben"), "neutral"
    kind = deadlines.KINDS.get(deadline.kind)
    if kind and kind.lapses and deadline.ends_on < on:
        return _("abgelaufen"), "neutral"
    stretch = stretch_of(deadline.ends_on, on)
    words = {OVERDUE: _("überfällig"), THIS_WEEK: _("diese Woche"), LATER: _("läuft")}
    return words[stretch], TONES[stretch]


def choices(actor: Actor) -> dict:
    """Return what the filters offer: stretches of time, the kinds there are, the organisations concerned."""
    seen = deadlines.visible_to(actor).order_by()
    kinds = [(code, deadlines.label_of(code)) for code in seen.values_list("kind", flat=True).distinct()]
    organisations = Organisation.objects.filter(pk__in=seen.values("organisation_id")).order_by("name")
    return {
        "stretches": STRETCHES.items(),
        "kinds": sorted(kinds, key=lambda pair: pair[1].lower()),
        "organisations": list(organisations.values_list("pk", "name")),
    }
