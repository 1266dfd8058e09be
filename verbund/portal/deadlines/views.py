"""Deadlines on the screen: the list, one deadline, an extension, a reminder by hand."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verbund.core import audit, deadlines, reminders
from verbund.core import exports as files
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import queries as funding
from verbund.funding.permissions import can_see_reminder_rules, reads_funding
from verbund.portal.deadlines import exports, reading
from verbund.portal.deadlines.forms import ExtensionForm

PAGE_SIZE = 50
FILTERS = ("stand", "art", "traeger")


@require_GET
@gate(may=reads_funding)
def deadline_list(request):
    """What runs for whom until when; the authority sees all, a carrier its own."""
    on = today()
    page = Paginator(reading.filtered(request.GET, request.actor, on=on), PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "rows": reading.rows(page.object_list, on=on),
        "filters": {name: request.GET.get(name, "")[:40] for name in FILTERS},
        **reading.choices(request.actor),
    }
    return show(request, "portal/deadlines/list.html", context)


@require_GET
@gate(may=reads_funding)
def deadlines_csv(request):
    on = today()
    found = reading.rows(reading.filtered(request.GET, request.actor, on=on), on=on)
    return files.respond_csv(exports.columns(), found, name=f"fristen-{on:%Y-%m-%d}")


@require_GET
@gate(among=deadlines.visible_to)
def deadline(request, found):
    """One deadline: how its day came about, its extension, who was reminded when, its history."""
    on = today()
    subject = deadlines.subjects_of([found]).get(found.pk)
    is_overdue = found.is_overdue(on)
    context = {
        **reading.shown(found, subject, on=on),
        "can_extend": found.is_open and deadlines.may_extend(request.actor, found),
        "can_remind": is_overdue and deadlines.may_remind(request.actor, found),
        "planned": _planned(request.actor, found, on=on),
        "reminded_on": found.reminders.order_by("-sent_on").values_list("sent_on", flat=True).distinct(),
        "history": audit.history_of(found),
    }
    return show(request, "portal/deadlines/deadline.html", context)


def _planned(actor, found, *, on):
    """Return the reminders to come; whom the authority tells in its own house, only the authority reads."""
    among = deadlines.AUDIENCES if can_see_reminder_rules(actor) else (deadlines.RECIPIENT,)
    coming = reminders.planned(found, funding.reminder_rules_in_force(on=on), among=among)
    return [one for one in coming if one.day >= on]


@require_http_methods(["GET", "POST"])
@gate(among=deadlines.visible_to, may=deadlines.may_extend)
def extend(request, found):
    """Give one recipient more time."""
    subject = deadlines.subjects_of([found])[found.pk]
    return act_with_form(
        request,
        ExtensionForm(request.POST or None),
        lambda typed: deadlines.extend(found, **typed, on=today(), actor=request.actor),
        template="portal/deadlines/extend.html",
        title=_("Frist verlängern"),
        label=_("Verlängern"),
        back=reverse("portal:deadline", args=[found.pk]),
        done=_("Die Frist ist verlängert. Der Träger sieht den neuen Tag und den Grund."),
        row=reading.shown(found, subject, on=today()),
    )


@require_POST
@gate(among=deadlines.visible_to, may=deadlines.may_remind)
def remind(request, found):
    """Remind the recipients of an overdue deadline now."""
    return act_at_once(
        request,
        lambda: reminders.remind(found, on=today(), actor=request.actor),
        back=reverse("portal:deadline", args=[found.pk]),
        done=_("Die Erinnerung ist unterwegs."),
    )
