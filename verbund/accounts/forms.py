"""Forms of sign-in, password and second factor, with our words."""

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth import password_validation
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

LONGEST_PASSWORD = 200
PASSWORD_HELP = _("Mindestens 12 Zeichen. Am besten mehrere Wörter, die nichts miteinander zu tun haben.")
PASSWORDS_DIFFER = _("Die beiden Passwörter sind verschieden. Bitte tippen Sie es noch einmal.")


def _without_placeholder(field, *, label, help_text="", longest=LONGEST_PASSWORD):
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.validators.append(MaxLengthValidator(longest))
    field.widget.attrs["maxlength"] = str(longest)
    return field


class SignInForm(LoginForm):
    """E-mail address and password; `kept` carries a form that was typed before the session ended."""

    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400_000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _without_placeholder(self.fields["login"], label=_("E-Mail-Adresse"), longest=254)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        _without_placeholder(self.fields["password"], label=_("Passwort"))
        self.fields.pop("remember", None)

    def has_too_many_attempts(self) -> bool:
        return self.has_error("__all__", code="too_many_login_attempts")


class ForgottenPasswordForm(ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _without_placeholder(self.fields["email"], label=_("E-Mail-Adresse"), longest=254)


class TypedTwice:
    """Says in our words that the two passwords differ."""

    def clean(self):
        given = super().clean()
        first, second = (self.data.get(self.add_prefix(name)) for name in ("password1", "password2"))
        if first and second and first != second:
            self._errors["password2"] = self.error_class([PASSWORDS_DIFFER])
        return given


class NewPasswordForm(TypedTwice, ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _without_placeholder(self.fields["password1"], label=_("Neues Passwort"), help_text=PASSWORD_HELP)
        _without_placeholder(self.fields["password2"], label=_("Neues Passwort wiederholen"))


class OtherPasswordForm(TypedTwice, ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _without_placeholder(self.fields["oldpassword"], label=_("Bisheriges Passwort"))
        _without_placeholder(self.fields["password1"], label=_("Neues Passwort"), help_text=PASSWORD_HELP)
        _without_placeholder(self.fields["password2"], label=_("Neues Passwort wiederholen"))


class ConfirmByPasswordForm(PasswordAgainForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _without_placeholder(self.fields["password"], label=_("Passwort"))


def _as_code(field, help_text):
    _without_placeholder(field, label=_("Code"), help_text=help_text, longest=20)
    field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class CodeForm(AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], _("Sechs Ziffern aus Ihrer App, oder einer Ihrer Notfallcodes."))


class ConfirmByCodeForm(CodeAgainForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], _("Sechs Ziffern aus Ihrer App, oder einer Ihrer Notfallcodes."))


class SetUpSecondFactorForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], _("Die sechs Ziffern, die die App jetzt für „Verbund“ zeigt."))


class NewAccountForm(forms.Form):
    """Name and password of somebody who accepts an invitation."""

    display_name = forms.CharField(label=_("Vor- und Nachname"), max_length=120)
    password = forms.CharField(
        label=_("Passwort"),
        help_text=PASSWORD_HELP,
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Passwort wiederholen"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"

    def clean(self):
        from verbund.accounts.models import User

        given = super().clean()
        password = given.get("password")
        if password and password != given.get("password_again"):
            self.add_error("password_again", PASSWORDS_DIFFER)
        if password:
            someone = User(email=self.email, display_name=given.get("display_name", ""))
            try:
                password_validation.validate_password(password, someone)
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)
        return given
