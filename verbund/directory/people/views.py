"""Pages about people: the own account, the team, all people for the operator, invitations, deputies."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verbund.accounts import second_factor
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate, signed_in
from verbund.core.views import show
from verbund.directory.middleware import SESSION_KEY
from verbund.directory.models import Membership
from verbund.directory.people import absence, forms, operations, permissions, queries
from verbund.directory.queries import memberships_of

PEOPLE_ON_A_PAGE = 50


@require_POST
@gate(may=signed_in)
def act_as(request):
    """Act in another of the own functions, or for somebody as their deputy; the choice lasts for the session."""
    choice = request.POST.get("membership", "")
    if not queries.may_act_as(request.user, choice, on=today()):
        raise Http404
    request.session[SESSION_KEY] = choice
    return redirect("/aufgaben/")


@require_GET
@gate(may=signed_in)
def account(request):
    """The own account: functions, deputies, password, second factor, sessions."""
    on = today()
    functions = memberships_of(request.user, on=on).prefetch_related("deputies__deputy")
    context = {
        "functions": [
            {"membership": one, "deputies": [d for d in one.deputies.all() if d.valid_until >= on]} for one in functions
        ],
        "future": Membership.objects.filter(user=request.user, valid_from__gt=on).select_related("organisation"),
        "deputyships": queries.deputies_visible_to(request.actor).filter(deputy=request.user, valid_until__gte=on),
        "absences": absence.own_absences(request.actor)
        .filter(valid_until__gte=on)
        .prefetch_related("appointments__deputy"),
        "can_enter_absence": permissions.can_enter_absence(request.actor),
        "has_second_factor": second_factor.has_second_factor(request.user),
        "current_membership_id": request.actor.membership_id if request.actor.on_behalf_of is None else None,
    }
    return show(request, "directory/account.html", context)


@require_GET
@gate(may=permissions.is_operator)
def people(request):
    """Everybody's functions, for the operator."""
    return _list_of_people(request, title=_("Personen"), invite_url=reverse("directory:people-invite"))


@require_GET
@gate(may=permissions.can_see_team)
def team(request):
    """Who works in the own house."""
    can_invite = permissions.can_invite_somewhere(request.actor) and not permissions.is_operator(request.actor)
    return _list_of_people(request, title=_("Team"), invite_url=reverse("directory:team-invite") if can_invite else "")


def _list_of_people(request, *, title: str, invite_url: str):
    on = today()
    form = forms.PeopleFilterForm(request.GET)
    memberships = queries.memberships_visible_to(request.actor)
    memberships = memberships.order_by("user__display_name", "organisation__name", "pk")
    page = Paginator(form.apply(memberships, on=on), PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "membership": one,
            "is_valid": one.valid_from <= on and (one.valid_until is None or one.valid_until >= on),
            "can_end": permissions.can_end_membership(request.actor, one),
            "can_hand_over": permissions.can_hand_over(request.actor, one),
            "can_appoint": permissions.can_appoint_deputy(request.actor, one),
        }
        for one in page
    ]
    invitations = [
        {"invitation": one, "can_revoke": permissions.can_revoke_invitation(request.actor, one)}
        for one in queries.open_invitations(queries.invitations_visible_to(request.actor), now=timezone.now())
    ]
    context = {"title": title, "form": form, "page": page, "rows": rows}
    return show(request, "directory/people.html", {**context, "invitations": invitations, "invite_url": invite_url})


@require_http_methods(["GET", "POST"])
@gate(may=permissions.can_invite_somewhere)
def invite(request):
    """Invite a person to a function."""
    form = forms.InvitationForm(request.POST or None, actor=request.actor, on=today())
    if request.method == "POST" and form.is_valid():
        try:
            invitation, _token = operations.invite_member(**form.cleaned_data, now=timezone.now(), actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Die Einladung an %(email)s ist unterwegs.") % {"email": invitation.email})
            return redirect(_back_to(request.actor))
    context = {"form": form, "back": _back_to(request.actor)}
    return show(request, "directory/invite.html", context, status=422 if form.errors else 200)


def _back_to(actor) -> str:
    return reverse("directory:people" if permissions.is_operator(actor) else "directory:team")


@require_POST
@gate(among=queries.invitations_visible_to, may=permissions.can_revoke_invitation)
def revoke_invitation(request, invitation):
    """Stop the link of an invitation."""
    try:
        operations.revoke_invitation(invitation, now=timezone.now(), actor=request.actor)
        messages.success(request, _("Die Einladung gilt nicht mehr."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(_back_to(request.actor))


@require_http_methods(["GET", "POST"])
@gate(among=queries.memberships_visible_to, may=permissions.can_end_membership)
def end_membership(request, membership):
    """End somebody's function with a day."""
    form = forms.LastDayForm(request.POST or None, initial={"last_day": today()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.end_membership(membership, **form.cleaned_data, on=today(), actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Der letzte Tag ist eingetragen."))
            return redirect(_back_to(request.actor))
    context = {"form": form, "membership": membership, "back": _back_to(request.actor)}
    return show(request, "directory/end_membership.html", context, status=422 if form.errors else 200)


def _memberships_to_deputise(actor):
    """Return the memberships whose deputies this person may see: those of the house and all of their own."""
    seen = queries.memberships_visible_to(actor)
    return seen | Membership.objects.select_related("user", "organisation").filter(pk=actor.membership_id or 0)


@require_http_methods(["GET", "POST"])
@gate(among=_memberships_to_deputise, may=permissions.can_appoint_deputy)
def appoint_deputy(request, membership):
    """Let a colleague act for a function for a time."""
    form = forms.DeputyForm(request.POST or None, membership=membership, on=today())
    back = reverse("directory:account") if membership.user_id == request.user.pk else _back_to(request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            operations.appoint_deputy(membership, **form.cleaned_data, on=today(), actor=request.actor)
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            messages.success(request, _("Die Vertretung ist eingetragen."))
            return redirect(back)
    context = {"form": form, "membership": membership, "back": back}
    return show(request, "directory/appoint_deputy.html", context, status=422 if form.errors else 200)


@require_POST
@gate(among=queries.deputies_visible_to, may=permissions.can_end_deputy)
def end_deputy(request, appointment):
    """End a deputyship."""
    operations.end_deputy(appointment, on=today(), actor=request.actor)
    messages.success(request, _("Die Vertretung ist beendet."))
    return redirect("directory:account")
