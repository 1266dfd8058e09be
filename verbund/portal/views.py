"""The pages that belong to no single app: work list, inbox, the demonstration, the component page."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from verbund.core.dates import today
from verbund.core.demo_guard import is_demo_request
from verbund.core.permissions import gate, public, signed_in
from verbund.core.views import show
from verbund.directory.people.permissions import is_operator
from verbund.funding.permissions import reads_funding
from verbund.portal import demonstration, navigation, operations, queries, specimens, worklist


@gate(may=signed_in)
def work_list(request):
    """What waits for me, due when, next step."""
    on = today()
    tasks = worklist.tasks_for(request.actor, on)
    context = {"groups": worklist.grouped(tasks, on), "count": len(tasks), "today": on}
    context["deputised"] = worklist.deputised_for(request.actor, on)
    context["sees_deadlines"] = reads_funding(request.actor)
    context["doors"] = navigation.doors(request.actor) if not tasks and not context["deputised"] else []
    return show(request, "portal/worklist.html", context)


@gate(may=signed_in)
def inbox(request):
    """What the platform told me; newest first."""
    page = Paginator(queries.messages_to(request.actor), queries.MESSAGES_ON_A_PAGE).get_page(request.GET.get("seite"))
    return show(
        request, "portal/inbox.html", {"page": page, "unread": queries.unread_messages_to(request.actor).count()}
    )


@require_POST
@gate(may=signed_in)
def mark_read(request):
    operations.mark_messages_read(queries.unread_messages_to(request.actor), read_at=timezone.now())
    return redirect("portal:inbox")


@public
def all_roles(request):
    """Every account of the demonstration; there only where the demonstration is."""
    if not is_demo_request(request):
        raise Http404
    return show(request, "portal/demonstration.html", {"places": demonstration.all_accounts(request)})


def may_see_components(actor) -> bool:
    """Operators, and everybody in the demonstration."""
    return is_operator(actor) or getattr(actor.user, "is_demo", False)


@gate(may=may_see_components)
def components(request):
    """Every shared piece once, to look at and to check."""
    form = specimens.SpecimenForm(request.GET) if request.GET else specimens.SpecimenForm()
    return show(request, "portal/components.html", {"form": form, **specimens.context()})
