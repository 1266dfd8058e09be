"""Sign-in, password and second factor: the library's views with our forms, pages and addresses."""

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verbund.accounts import forms, kept_forms, operations, permissions, queries, second_factor
from verbund.core.demo_guard import is_demo_request
from verbund.core.permissions import gate, public, signed_in

members_only = gate(may=signed_in)
owners_only = gate(may=permissions.changes_own_sign_in)


class SignInView(account_views.LoginView):
    """Address and password; a wrong pair and an unknown address get the same answer in the same time."""

    form_class = forms.SignInForm

    def get_success_url(self):
        kept = self.request.POST.get("kept", "")
        if kept and kept_forms.unwrap(kept):
            self.request.session[kept_forms.SESSION_KEY] = kept
            return reverse("accounts:continue")
        return super().get_success_url()

    def form_invalid(self, form):
        status = 429 if form.has_too_many_attempts() else 422
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **context):
        return {"next": self.get_next_url() or "", **super().get_context_data(**context)}


class ForgottenPasswordView(account_views.PasswordResetView):
    form_class = forms.ForgottenPasswordForm


class NewPasswordView(account_views.PasswordResetFromKeyView):
    form_class = forms.NewPasswordForm


class ChangePasswordView(account_views.PasswordChangeView):
    form_class = forms.OtherPasswordForm
    success_url = reverse_lazy("account_change_password")


class ConfirmByPasswordView(account_views.ReauthenticateView):
    form_class = forms.ConfirmByPasswordForm


class CodeView(mfa_views.AuthenticateView):
    form_class = forms.CodeForm


class ConfirmByCodeView(mfa_views.ReauthenticateView):
    form_class = forms.ConfirmByCodeForm


class SetUpSecondFactorView(totp_views.ActivateTOTPView):
    """Scan, type one code, done; the pages open with it."""

    form_class = forms.SetUpSecondFactorForm

    def form_valid(self, form):
        response = super().form_valid(form)
        self.request.session.pop(second_factor.SESSION_KEY, None)
        return response

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        return {**context, "is_required": second_factor.is_missing(self.request), "secret": context["form"].secret}


class ReplaceSecondFactorView(totp_views.DeactivateTOTPView):
    """Give up the present app (a new telephone): the next one has to be set up at once."""

    success_url = reverse_lazy("mfa_activate_totp")

    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.require_if_missing(self.request, self.request.user)
        return response


sign_in = public(SignInView.as_view())
sign_out = public(account_views.LogoutView.as_view())
inactive = public(account_views.AccountInactiveView.as_view())
forgotten_password = public(ForgottenPasswordView.as_view())
forgotten_password_sent = public(account_views.PasswordResetDoneView.as_view())
new_password = public(NewPasswordView.as_view())
new_password_set = public(account_views.PasswordResetFromKeyDoneView.as_view())
code = public(CodeView.as_view())
change_password = owners_only(ChangePasswordView.as_view())
confirm_by_password = members_only(ConfirmByPasswordView.as_view())
confirm_by_code = members_only(ConfirmByCodeView.as_view())
second_factor_overview = members_only(mfa_views.IndexView.as_view())
set_up_second_factor = owners_only(SetUpSecondFactorView.as_view())
replace_second_factor = owners_only(ReplaceSecondFactorView.as_view())
recovery_codes = members_only(recovery_views.ViewRecoveryCodesView.as_view())
new_recovery_codes = owners_only(recovery_views.GenerateRecoveryCodesView.as_view())
download_recovery_codes = members_only(recovery_views.DownloadRecoveryCodesView.as_view())


@require_GET
@gate(may=signed_in)
def continue_form(request):
    """Offer the form again that was sent when the session had ended; its owner sends it with one button."""
    kept = kept_forms.unwrap(request.session.pop(kept_forms.SESSION_KEY, ""))
    if kept is None:
        return redirect(get_adapter().get_login_redirect_url(request))
    return render(request, "accounts/continue.html", {"path": kept["path"], "fields": kept["fields"]})


@require_POST
@gate(may=signed_in)
def end_other_sessions(request):
    """Sign out everywhere else; this session goes on."""
    operations.end_other_sessions(request.user, actor=request.actor)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Sie sind auf allen anderen Geräten abgemeldet."))
    return redirect("directory:account")


@require_POST
@public
def demo_sign_in(request):
    """Change the role with one click, then open the page `next` of this site; only where the guard allows it."""
    if not is_demo_request(request):
        raise Http404
    account = request.POST.get("account", "")
    user = get_object_or_404(queries.demo_accounts(), pk=account if account.isdigit() else 0)
    request.session.flush()
    record_authentication(request, user, method="demonstration")
    get_adapter(request).login(request, user)
    following = request.POST.get("next") or request.GET.get("next", "")
    if following.startswith("/") and url_has_allowed_host_and_scheme(following, allowed_hosts=None):
        return HttpResponseRedirect(following)
    return redirect(get_adapter(request).get_login_redirect_url(request))
