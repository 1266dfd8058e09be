"""Pages for somebody who is away or leaves: the own absence, and handing over what a person has in hand."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from verbund.core import handover
from verbund.core.acts import act_at_once
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.people import absence, forms, permissions, queries


@require_http_methods(["GET", "POST"])
@gate(may=permissions.can_enter_absence)
def enter_absence(request):
    """Say when one is away and who stands in."""
    form = forms.AbsenceForm(request.POST or None, user=request.user, on=today())
    if request.method == "POST" and form.is_valid():
        try:
            absence.enter_absence(request.user, **form.cleaned_data, on=today(), actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Die Abwesenheit ist eingetragen."))
            return redirect("directory:account")
    return show(request, "directory/absence.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@gate(among=absence.own_absences)
def end_absence(request, found):
    """Be back earlier, or take an absence back."""
    return act_at_once(
        request,
        lambda: absence.end_absence(found, on=today(), actor=request.actor),
        back=reverse("directory:account"),
        done=_("Die Abwesenheit ist beendet, die Vertretung auch."),
    )


@require_http_methods(["GET", "POST"])
@gate(among=queries.memberships_visible_to, may=permissions.can_hand_over)
def hand_over(request, membership):
    """Hand over what a person has in hand: first look, then do it in one act."""
    if membership.user_id in request.actor.persons:
        raise Http404
    form = forms.HandOverForm(request.POST or request.GET or None, membership=membership, on=today())
    to = form.cleaned_data["to"] if form.is_bound and form.is_valid() else None
    if request.method == "POST" and to is not None:
        try:
            result = handover.hand_over(membership.user, to=to, on=today(), actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            _say(request, result)
            return redirect("directory:hand-over", membership.pk)
    context = {
        "membership": membership,
        "form": form,
        "to": to,
        "lines": handover.in_hand(membership.user, to=to),
        "back": reverse("directory:people" if permissions.is_operator(request.actor) else "directory:team"),
    }
    return show(request, "directory/hand_over.html", context, status=422 if form.is_bound and form.errors else 200)


def _say(request, result: handover.Result) -> None:
    """Say how much was handed over, and name each record that was not, with the reason."""
    done = len(result.done)
    messages.success(
        request, ngettext("%(count)s Aufgabe übergeben.", "%(count)s Aufgaben übergeben.", done) % {"count": done}
    )
    for line in result.refused:
        messages.warning(
            request,
            _("Nicht übergeben: %(what)s. %(why)s") % {"what": f"{line.label}, {line.record}", "why": line.why_not},
        )
