"""The page behind the link of an invitation: with a new account, or with the one that is there."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from verbund.accounts.forms import NewAccountForm
from verbund.accounts.queries import account_with
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.directory.middleware import SESSION_KEY
from verbund.directory.people import operations, queries


@never_cache
@require_http_methods(["GET", "POST"])
@public
def invitation(request, token: str):
    """Show what somebody is invited to, and let them accept it; a link that no longer works says only that."""
    found = queries.invitation_with(token)
    if found is None or not found.is_open(timezone.now()):
        return show(request, "directory/invitation_over.html", status=410)
    if account_with(found.email) is None:
        return _with_new_account(request, found)
    if not request.user.is_authenticated:
        query = urlencode({"next": reverse("directory:invitation", args=[token])})
        context = {"invitation": found, "sign_in_url": f"{reverse('account_login')}?{query}"}
        return show(request, "directory/invitation.html", context)
    return _with_this_account(request, found)


def _with_this_account(request, found):
    if request.method == "POST":
        try:
            membership = operations.accept_invitation(found, user=request.user, now=timezone.now())
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            return _welcome(request, membership)
    context = {"invitation": found, "is_for_me": request.user.email == found.email, "can_accept": True}
    return show(request, "directory/invitation.html", context)


def _with_new_account(request, found):
    form = NewAccountForm(request.POST or None, email=found.email, initial={"display_name": found.suggested_name})
    if request.method == "POST" and form.is_valid():
        try:
            membership = operations.accept_with_new_account(
                found,
                display_name=form.cleaned_data["display_name"],
                password=form.cleaned_data["password"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            show_on(form, refusal)
        else:
            request.session.flush()
            record_authentication(request, membership.user, method="password", email=membership.user.email)
            get_adapter(request).login(request, membership.user)
            return _welcome(request, membership)
    context = {"invitation": found, "form": form}
    return show(request, "directory/invitation.html", context, status=422 if form.errors else 200)


def _welcome(request, membership):
    request.session[SESSION_KEY] = f"m{membership.pk}"
    messages.success(request, _("Willkommen. Ihre Funktion: %(function)s") % {"function": membership})
    return redirect("/aufgaben/")
