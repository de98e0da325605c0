"""Django's settings. Few of them: a council's own choices are dated data (``councils.options``), not settings.

What an installation must say, it says in the environment (``environment.py``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url

from moothall.foundation import environment
from moothall.foundation.environment import read

PACKAGE = Path(__file__).parent
MODE = environment.mode()
PRODUCTION = MODE == "production"
DEBUG = MODE == "development"
SECRET_KEY = environment.secret_key()
DEMO_DAY = environment.demo_day()
ALLOWED_HOSTS = [host.strip() for host in read("MOOTHALL_HOSTS").split(",")]
DATA = environment.data_folder()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    # the books, lowest first; each folder may import only those before it
    "moothall.foundation.councils",
    "moothall.foundation.audit",
    "moothall.foundation.jobs",
    "moothall.people",
    "moothall.bodies",
    "moothall.meetings",
    "moothall.forward_plan",
    # the doors, and what they look like
    "moothall.design_system",
    "moothall.sign_in",
    "moothall.website",
    "moothall.workspace",
    "moothall",  # composition.py: gives lower parts what they need of higher ones
    "django.forms",  # its templates, which the design's may replace
]

MIDDLEWARE = [
    "moothall.foundation.proxies.Proxies",
    "moothall.server.middleware.Health",
    "moothall.server.middleware.AccessLog",
    "moothall.foundation.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "moothall.foundation.councils.middleware.TenancyMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "moothall.sign_in.sessions.SessionOfCouncil",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "moothall.sign_in.middleware.SigningInAsked",  # pages opt out with login_not_required
    "moothall.people.middleware.ActorOfRequest",
    "moothall.sign_in.middleware.SessionsEnd",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "moothall.sign_in.middleware.FactorsOfRequest",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "moothall.foundation.not_found.Answers",
]

ROOT_URLCONF = "moothall.urls"
WSGI_APPLICATION = "moothall.wsgi.application"
ASGI_APPLICATION = "moothall.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "sign_in" / "templates"],  # before those that allauth brings
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "moothall.design_system.context.council",
                *(["moothall.demo.context.demo"] if DEMO_DAY else []),
            ],
        },
    },
]

FORM_RENDERER = "moothall.design_system.forms.Renderer"


def _database() -> dict[str, Any]:
    url = read("DATABASE_URL")
    if url:
        return {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    return {
        "ENGINE": "moothall.foundation.sqlite",
        "NAME": DATA / "moothall.sqlite3",
        "CONN_MAX_AGE": None,  # opening the file and saying the pragmas takes longer than most questions
        "OPTIONS": {
            # IMMEDIATE: a transaction that reads and then writes would otherwise fail at once, without waiting
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: an acknowledged act is on the disk before it is acknowledged, also when the power fails
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": ":memory:"},  # what Django tests by itself on its own SQLite backend
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["moothall.sign_in.adapters.KnownHere"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "moothall.sign_in.passwords.NotTooLong"},
    {"NAME": "moothall.sign_in.passwords.NotRepeated"},
    {"NAME": "moothall.sign_in.passwords.NotOfTheOwner"},
    {"NAME": "moothall.sign_in.passwords.NotKnown"},
    {"NAME": "moothall.sign_in.passwords.NotFoundElsewhere"},
]
BREACHED_PASSWORDS = environment.breached_passwords()
SECURITY_CONTACT = environment.security_contact()
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/workspace/"

OPENID_FILE = read("MOOTHALL_OPENID")
PASSWORD_RESET_TIMEOUT = 60 * 60

ACCOUNT_ADAPTER = "moothall.sign_in.adapters.Accounts"
SOCIALACCOUNT_ADAPTER = "moothall.sign_in.adapters.Providers"
MFA_ADAPTER = "moothall.sign_in.adapters.Factors"
ACCOUNT_FORMS = {
    "login": "moothall.sign_in.forms.SignIn",
    "reset_password": "moothall.sign_in.forms.AskForReset",
}
MFA_FORMS = {
    "activate_totp": "moothall.sign_in.forms.SetUpApp",
    "authenticate": "moothall.sign_in.forms.Code",
    "reauthenticate": "moothall.sign_in.forms.CodeAgain",
    "authenticate_webauthn": "moothall.sign_in.forms.Key",
    "login_webauthn": "moothall.sign_in.forms.KeyAlone",
    "reauthenticate_webauthn": "moothall.sign_in.forms.KeyAgain",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the letter of invitation has proved the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "moothall.sign_in.tokens.LetterToken"  # noqa: S105 - a name
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # the second locks an address for five minutes, whoever asks
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SESSION_ENGINE = "moothall.sign_in.sessions"
CACHES = {
    # limits on attempts hold for all processes and machines together, so they are kept where all of them look
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "sign_in_remembered",
        # with Django's 300, whoever tries 300 addresses would make it forget the lock of the one they are after
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    # answers of public pages, under their ETags: losing them costs time and nothing else
    "pages": environment.page_cache(),
}

TASKS = {"default": {"BACKEND": "moothall.foundation.jobs.backend.Backend"}}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]  # those that there are translations for: no page is half in another language
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}


_mail = urlsplit(read("MOOTHALL_EMAIL_URL"))
_ports = {"": 25, "smtp": 25, "smtps": 465, "smtp+tls": 587}
if _mail.scheme not in _ports or bool(_mail.scheme) is not bool(_mail.hostname):
    raise environment.wrong(
        "MOOTHALL_EMAIL_URL", "it does not begin with smtp://host, smtps://host or smtp+tls://host."
    )
if _mail.scheme:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif PRODUCTION:
    EMAIL_BACKEND = "moothall.sign_in.mail.RefusingBackend"
else:  # not to the console: what is printed there ends up in logs, and emails hold links that sign people in
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA / "emails"
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or _ports[_mail.scheme]
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = read("MOOTHALL_EMAIL_FROM")

LOG_VALUES = DEBUG and not DEMO_DAY
"""Whether the log may have the values of errors and the paths of refused requests: while developing only."""
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(message)s"},
        "fault": {"()": "moothall.foundation.fault_log.FaultLine"},
        "messages": {
            "()": "logging.Formatter" if LOG_VALUES else "moothall.foundation.fault_log.WithoutValues",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
    },
    "handlers": {
        "access": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "plain"},
        "fault": {"class": "logging.StreamHandler", "formatter": "fault"},
        "messages": {"class": "logging.StreamHandler", "formatter": "messages"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["messages"], "level": "WARNING"},
    "loggers": {
        "moothall": {"level": "INFO"},
        "moothall.foundation.permissions": {
            "handlers": ["access"],
            "level": "WARNING" if MODE == "test" else "INFO",
            "propagate": False,
        },
        # Django's messages hold paths, host names and what was sent; of its errors the log gets class and places
        "django": {"handlers": ["messages" if LOG_VALUES else "nowhere"], "propagate": False},
    },
}
if not LOG_VALUES:
    LOGGING["loggers"]["django.request"] = {"handlers": ["fault"], "level": "ERROR", "propagate": False}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_IDLE = environment.number("MOOTHALL_IDLE_MINUTES", 5, 720) * 60  # ASVS 3.3.2: 30 minutes without use,
SESSION_LIFETIME = environment.number("MOOTHALL_SESSION_HOURS", 1, 24) * 60 * 60  # and 12 hours at most
SESSION_COOKIE_AGE = SESSION_LIFETIME + 60 * 60  # the row outlives it, so that what is sent too late can be kept
SEEN_COOKIE_NAME = "seen"
KNOWN_COOKIE_NAME = "known"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "moothall.website.error_pages.not_allowed"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    SEEN_COOKIE_NAME = "__Host-seen"
    KNOWN_COOKIE_NAME = "__Host-known"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrf"

PROXIES = environment.proxies()
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # the middleware lets it through from PROXIES only
