"""The one settings file. Runs on SQLite with an empty environment, then for demonstration only."""

from django.utils.csp import CSP

from config import env
from verbund.accounts.sign_in_settings import *  # noqa: F403 - what the sign-in library is told stands with our sign-in
from verbund.core import logs

BASE_DIR = env.BASE_DIR
DATA_DIR = env.data_dir()
SECRET_KEY, IS_PRODUCTION = env.secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS = env.words("VERBUND_SECRET_KEY_OLD")
AUDIT_KEY = env.text("VERBUND_AUDIT_KEY")
DEBUG = env.flag("VERBUND_DEBUG")
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.hosts(is_production=IS_PRODUCTION)
BIND_ADDRESS = env.text("VERBUND_BIND", "127.0.0.1")
SERVER_WORKERS = env.number("VERBUND_WORKERS", 2, least=1, most=64)
SERVER_THREADS = env.number("VERBUND_THREADS", 0, least=0, most=64)  # 0: 1 on SQLite, 4 on PostgreSQL
BASE_URL = env.text("VERBUND_URL", "http://127.0.0.1:8000").rstrip("/")
if IS_PRODUCTION:
    if DEBUG:
        raise env.WrongSetting("VERBUND_DEBUG darf im Echtbetrieb nicht gesetzt sein.")
    env.refuse_open_to_all(DATA_DIR)

INSTALLED_APPS = [
    "verbund.core",
    "verbund.accounts",
    "verbund.directory",
    "verbund.programmes",
    "verbund.staffing",
    "verbund.funding",
    "verbund.offers",
    "verbund.advising",
    "verbund.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
]

MIDDLEWARE = [
    "verbund.core.logs.RequestIdMiddleware",
    "verbund.core.unchanged.UnchangedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "verbund.core.device.DevicePolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "verbund.accounts.middleware.SecondFactorMiddleware",
    "verbund.accounts.middleware.KeepTypedMiddleware",
    "verbund.core.demo_day.DemoDayMiddleware",
    "verbund.directory.middleware.ActorMiddleware",
    "verbund.core.long_numbers.LongNumbersMiddleware",
    "verbund.core.once.OnceMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
# verbund.core's libraries "i18n" and "static" stand in for Django's of the same names on purpose (core/kept_tags.py)
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "verbund.portal.context.page",
            ],
        },
    }
]

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/aufgaben/"
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "verbund.core.error_pages.csrf_failure"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
# `verbund serve` collects the static files once per version: hashed names, compressed, cached for ever by browsers.
# Everything else (tests, single commands) takes them from where they lie.
COLLECTED_STATIC = env.flag("VERBUND_COLLECTED_STATIC")
STATICFILES_STORAGE = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if COLLECTED_STATIC
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": STATICFILES_STORAGE},
}
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_242_880
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("VERBUND_HTTPS"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


# Mails leave through the outbox (verbund/core/outbox.py). The demonstration without a mail server writes them as files.
MAIL_DIR = env.text("VERBUND_MAIL_DIR")
if not MAIL_DIR and not IS_PRODUCTION and not env.text("VERBUND_MAIL_HOST"):
    MAIL_DIR = str(DATA_DIR / "mail")
MAILERS = {"default": env.mailer()}
DEFAULT_FROM_EMAIL = env.text("VERBUND_MAIL_FROM", "verbund@localhost")
SECURITY_CONTACT = env.text("VERBUND_SECURITY_CONTACT") or f"mailto:{DEFAULT_FROM_EMAIL}"

LOGGING = logs.configuration(
    as_json=env.choice("VERBUND_LOG", "text", {"text", "json"}) == "json", with_texts=not IS_PRODUCTION
)
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "verbund.accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Verbund"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("VERBUND_PROXIES", 0, least=0, most=5)
