"""Addresses of sign-in, password and second factor: German paths under the names the sign-in library uses."""

from django.urls import include, path, re_path

from verbund.accounts import own_data, views

own_patterns = [
    path("anmelden/weiter/", views.continue_form, name="continue"),
    path("konto/sitzungen/beenden/", views.end_other_sessions, name="end-other-sessions"),
    path("konto/daten/", own_data.own_data, name="own-data"),
    path("konto/daten/json/", own_data.own_data_json, name="own-data-json"),
    path("konto/daten/pdf/", own_data.own_data_pdf, name="own-data-pdf"),
    path("vorfuehrung/rolle/", views.demo_sign_in, name="demo-sign-in"),
]

urlpatterns = [
    path("", include((own_patterns, "accounts"))),
    path("anmelden/", views.sign_in, name="account_login"),
    path("anmelden/code/", views.code, name="mfa_authenticate"),
    path("anmelden/gesperrt/", views.inactive, name="account_inactive"),
    path("abmelden/", views.sign_out, name="account_logout"),
    path("passwort/vergessen/", views.forgotten_password, name="account_reset_password"),
    path("passwort/vergessen/gesendet/", views.forgotten_password_sent, name="account_reset_password_done"),
    path("passwort/neu/fertig/", views.new_password_set, name="account_reset_password_from_key_done"),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>.{1,100})/$",
        views.new_password,
        name="account_reset_password_from_key",
    ),
    path("passwort/aendern/", views.change_password, name="account_change_password"),
    path("konto/bestaetigen/", views.confirm_by_password, name="account_reauthenticate"),
    path("konto/bestaetigen/code/", views.confirm_by_code, name="mfa_reauthenticate"),
    path("konto/zweiter-faktor/", views.second_factor_overview, name="mfa_index"),
    path("konto/zweiter-faktor/einrichten/", views.set_up_second_factor, name="mfa_activate_totp"),
    path("konto/zweiter-faktor/wechseln/", views.replace_second_factor, name="mfa_deactivate_totp"),
    path("konto/zweiter-faktor/notfallcodes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path("konto/zweiter-faktor/notfallcodes/neu/", views.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "konto/zweiter-faktor/notfallcodes/datei/",
        views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
