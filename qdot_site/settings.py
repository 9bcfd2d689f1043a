"""One settings file: the environment differs from place to place, the code does not.

docs/operations.md explains every variable. Without QDOT_DEBUG or QDOT_DEMO a
missing signing key or host list stops the start with a sentence.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from qdot_site import env
from qdot_site.static_headers import REFERRER_POLICY, add_static_headers

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_ROOT = BASE_DIR / "data"

# --- which kind of place is this --------------------------------------------------------------------------
DEBUG = env.flag("QDOT_DEBUG")
DEMO = env.flag("QDOT_DEMO")
PRODUCTION = not (DEBUG or DEMO)
LOCAL_HOSTS = ["localhost", "127.0.0.1"]

ALLOWED_HOSTS = env.names("QDOT_ALLOWED_HOSTS")
if DEMO and ALLOWED_HOSTS:
    _message = "QDOT_DEMO and QDOT_ALLOWED_HOSTS are both set; the demo serves this machine only, so drop one."
    raise ImproperlyConfigured(_message)
if not ALLOWED_HOSTS and not PRODUCTION:
    ALLOWED_HOSTS = LOCAL_HOSTS
if not ALLOWED_HOSTS:
    _message = "QDOT_ALLOWED_HOSTS is not set; set it to the host names people will use, separated by commas."
    raise ImproperlyConfigured(_message)
if "*" in ALLOWED_HOSTS:
    _message = "QDOT_ALLOWED_HOSTS must not hold *; set it to the host names people use, separated by commas."
    raise ImproperlyConfigured(_message)


def _kept_demo_key() -> str:
    """Make the demo's signing key once and keep it in the data folder."""
    path = DATA_ROOT / "demo-key"
    DATA_ROOT.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="utf-8").strip()


SECRET_KEY = env.signing_key("QDOT_SECRET_KEY")
if not SECRET_KEY and DEMO:
    SECRET_KEY = _kept_demo_key()
if not SECRET_KEY and DEBUG:
    SECRET_KEY = secrets.token_urlsafe(64)
if not SECRET_KEY:
    _message = (
        "QDOT_SECRET_KEY is not set; set it, or QDOT_SECRET_KEY_FILE, to at least 50 random characters, for "
        "example from `python3 -c 'import secrets; print(secrets.token_urlsafe(64))'`."
    )
    raise ImproperlyConfigured(_message)

# --- what is installed ------------------------------------------------------------------------------------
TASKS_KIND = env.word("QDOT_TASKS", "immediate", allowed=("immediate", "database"))

INSTALLED_APPS = [
    "qdot_site",
    "clients",
    "planning",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "bootstrap",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_countries",
    "django_tasks",
    *(["django_tasks_db"] if TASKS_KIND == "database" else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "qdot_site.middleware.PageHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qdot_site.middleware.SessionLimitsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qdot_site.middleware.DatabaseTroubleMiddleware",
]

ROOT_URLCONF = "qdot_site.urls"
WSGI_APPLICATION = "qdot_site.wsgi.application"
ASGI_APPLICATION = "qdot_site.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qdot_site.context.firm",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- where things are kept --------------------------------------------------------------------------------
DATABASES = {"default": env.database("QDOT_DATABASE_URL", DATA_ROOT / "qdot.sqlite3")}
if DATABASES["default"]["NAME"] == str(DATA_ROOT / "qdot.sqlite3"):
    DATA_ROOT.mkdir(parents=True, exist_ok=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must be counted across worker processes: in the database, with no further server.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
    },
}

MEDIA_ROOT = Path(env.text("QDOT_MEDIA_ROOT") or BASE_DIR / "media")
STATIC_URL = "/static/"
# Only production gathers static files (`manage.py collectstatic`); elsewhere they are served where they lie.
STATIC_ROOT = BASE_DIR / "staticfiles" if PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = add_static_headers

# --- background work and mail -----------------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks_db.DatabaseBackend"
            if TASKS_KIND == "database"
            else "django_tasks.backends.immediate.ImmediateBackend"
        ),
    },
}
DEMO_MAIL_ROOT = DATA_ROOT / "mail"
_mail = env.email("QDOT_EMAIL_URL", f"file://{DEMO_MAIL_ROOT}" if DEMO else "console:")
EMAIL_BACKEND: str = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH: str | None = _mail.get("EMAIL_FILE_PATH")
EMAIL_HOST: str = _mail.get("EMAIL_HOST", "localhost")
EMAIL_PORT: int = _mail.get("EMAIL_PORT", 25)
EMAIL_HOST_USER: str = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS: bool = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT: int | None = _mail.get("EMAIL_TIMEOUT")
DEFAULT_FROM_EMAIL = env.text("QDOT_EMAIL_FROM") or "QDOT planning <no-reply@localhost>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- people, passwords, sessions --------------------------------------------------------------------------
AUTH_USER_MODEL = "clients.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "clients:home"
PASSWORD_RESET_TIMEOUT = 60 * 60

ACCOUNT_ADAPTER = "qdot_site.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_PREVENT_ENUMERATION = True

# A client has no password: after the invitation a code by e-mail is the way back in.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {"request_login_code": "qdot_site.account_forms.ClientLoginCodeForm"}

MFA_ADAPTER = "qdot_site.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the firm, not from a sign-up form
MFA_TOTP_ISSUER = "QDOT planning"

SESSION_ABSOLUTE_SECONDS = 12 * 60 * 60
SESSION_IDLE_SECONDS_STAFF = 30 * 60
SESSION_IDLE_SECONDS_CLIENT = 2 * 60 * 60
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "qdot_session"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "qdot_csrf"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- what the browser is told -----------------------------------------------------------------------------
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = False
# Entering the browsers' preload list binds a whole domain for years: the firm's choice, not ours.
# E-mail addresses are unique by a constraint on their lower case, which Django's check does not see.
SILENCED_SYSTEM_CHECKS = ["security.W021", "auth.W004"]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = REFERRER_POLICY
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("QDOT_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

# Larger posts than any page of ours sends are refused before they are read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- words and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = env.text("QDOT_TIME_ZONE") or "America/New_York"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- logs: what happened, never to whom -------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_link_secrets": {"()": "qdot_site.logs.LinkSecretFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_link_secrets"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
