"""Settings of the sign-in library, for config/settings.py."""

ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/anmelden/"
ACCOUNT_RATE_LIMITS = {
    # Per account and address 8 failures in 15 minutes, per address 100: an office of many people keeps working.
    "login_failed": "8/15m/key,100/15m/ip",
    "login": "300/m/ip",
    "reset_password": "20/m/ip,3/15m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
MFA_ADAPTER = "verbund.accounts.adapter.MFAAdapter"
MFA_TOTP_TOLERANCE = 1
