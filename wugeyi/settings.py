"""One settings file; everything that differs between machines is an environment variable.

WUGEYI_DATABASE_URL   postgresql://user:password@host:port/name; absent: SQLite in the data folder
WUGEYI_OWNER_URL      the same database as the role that owns the tables; only for migrate and the like
WUGEYI_DATA_DIR       where the SQLite file, uploads and published heads live (default ./var)
WUGEYI_SECRET_KEY     required; signs sessions and receipts
WUGEYI_ALLOWED_HOSTS  comma-separated host names (default: loopback)
WUGEYI_HTTPS          1 behind a TLS proxy: secure cookies, HSTS, trusted X-Forwarded-Proto
WUGEYI_PROXIES        how many reverse proxies append to X-Forwarded-For (default 0: ignore it)
WUGEYI_DEBUG          1 for development
WUGEYI_WEBHOOK_NETWORKS  networks of one's own that webhooks may reach, also by http: 10.1.0.0/16,…
WUGEYI_EMAIL_URL      smtp://user:password@host:port; absent: letters are written to the data folder
WUGEYI_NOTICE_…       ways of telling people beside e-mail, each described in docs/notices.md
"""

import gc
import ipaddress
import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PACKAGE_DIR = Path(__file__).resolve().parent

# A thousand modules are read at start and none of them is rubbish; a request makes some
# thousand things that are gone with it. Looking after every 700 costs a sixth of a start.
gc.set_threshold(20_000, 20, 50)


def flag(name: str) -> bool:
    """Read a yes/no environment variable; anything but 0, 1 or nothing is an error."""
    value = os.environ.get(name, "0") or "0"
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def required(name: str) -> str:
    """Read an environment variable that must be there."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def whole(name: str, default: int) -> int:
    """Read a whole number from the environment, at least 0."""
    value = os.environ.get(name, "") or str(default)
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


DATA_DIR = Path(os.environ.get("WUGEYI_DATA_DIR", "var")).resolve()
DEBUG = flag("WUGEYI_DEBUG")
SECRET_KEY = required("WUGEYI_SECRET_KEY")
HTTPS = flag("WUGEYI_HTTPS")
TRUSTED_PROXIES = whole("WUGEYI_PROXIES", 0)
ALLOWED_HOSTS = [
    host
    for host in os.environ.get(
        "WUGEYI_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]"
    ).split(",")
    if host
]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "wugeyi.ui",
    "wugeyi.audit",
    "wugeyi.accounts",
    "wugeyi.jobs",
    "wugeyi.notices",
    "wugeyi.uploads",
    "wugeyi.imports",
    "wugeyi.organisations",
    "wugeyi.submissions",
    "wugeyi.places",
    "wugeyi.figures",
    "wugeyi.casework",
    "wugeyi.services",
    "wugeyi.talents",
    "wugeyi.branchwork",
    "wugeyi.projects",
    "wugeyi.circles",
    "wugeyi.buslines",
    "wugeyi.books",
    "wugeyi.holdings",
    "wugeyi.stations",
    "wugeyi.volunteering",
    "wugeyi.sharing",
    "wugeyi.reports",
    "wugeyi.dashboards",
    "wugeyi.interfaces",
    "wugeyi.backup",
    "wugeyi.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wugeyi.ui.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "wugeyi.ui.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "wugeyi.ui.middleware.CrossSiteRequests",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wugeyi.organisations.middleware.reach",
]

ROOT_URLCONF = "wugeyi.urls"
WSGI_APPLICATION = "wugeyi.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wugeyi.organisations.context.installation",
                "wugeyi.casework.context.navigation",
            ],
            "builtins": ["wugeyi.ui.templatetags.ui"],
        },
    }
]
# Draws the desk's many choices sooner than Django's templates do.
FORM_RENDERER = "wugeyi.ui.renderers.Renderer"


# What changes tables, functions or rights; everything else runs as a role that cannot.
OWNER_COMMANDS = ("migrate", "grant", "flush", "restore", "audit rebase")


def database_url() -> str:
    """Return the database's address as the role that is to do what was asked for."""
    asked = " ".join([*sys.argv[1:3], ""])
    if any(asked.startswith(f"{command} ") for command in OWNER_COMMANDS):
        return os.environ.get("WUGEYI_OWNER_URL", "") or os.environ.get(
            "WUGEYI_DATABASE_URL", ""
        )
    return os.environ.get("WUGEYI_DATABASE_URL", "")


def application_role() -> str:
    """Return the role of everyday work where another one owns the tables."""
    owner = os.environ.get("WUGEYI_OWNER_URL", "")
    usual = urlsplit(os.environ.get("WUGEYI_DATABASE_URL", "")).username or ""
    role = unquote(usual)
    return role if owner and role != unquote(urlsplit(owner).username or "") else ""


APPLICATION_ROLE = application_role()


def database() -> dict[str, object]:
    """Read WUGEYI_DATABASE_URL, or use SQLite tuned so that accepted writes survive a power cut."""
    url = database_url()
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "wugeyi.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-32000;"
                    "PRAGMA temp_store=MEMORY"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "WUGEYI_DATABASE_URL must look like postgresql://user:password@host:5432/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Planning the ten joins of a case's page took ten times as long as reading it;
        # our lists join five tables. Compiling queries never pays here.
        "OPTIONS": {"options": "-c join_collapse_limit=6 -c jit=off"},
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "desk:start"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 24 * 3600
OTP_TOTP_ISSUER = "五个一 Wugeyi"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = PACKAGE_DIR / "static_root"
MEDIA_ROOT = DATA_DIR / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
# Another site's pages have no business with our files.
WHITENOISE_ALLOW_ALL_ORIGINS = False

# How long a process may go on showing a name that another one changed
# (wugeyi/organisations/kept.py).
KEPT_SECONDS = 5

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "wugeyi.ui.views.csrf_failure"

# A phone's photograph is at most some 20 MB; the page says so before sending.
UPLOAD_MAX_BYTES = 25 * 1024 * 1024
UPLOAD_MAX_PIXELS = 64_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024


def networks(
    name: str,
) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Read networks from the environment, divided by commas."""
    texts = filter(None, os.environ.get(name, "").split(","))
    try:
        return tuple(ipaddress.ip_network(text.strip()) for text in texts)
    except ValueError as fault:
        raise ImproperlyConfigured(f"{name}: {fault}") from fault


# A webhook's target is an address people type: without this it may be none of ours.
WEBHOOK_NETWORKS = networks("WUGEYI_WEBHOOK_NETWORKS")


def email() -> dict[str, object]:
    """Read WUGEYI_EMAIL_URL, or write letters into the data folder."""
    url = os.environ.get("WUGEYI_EMAIL_URL", "")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or 587,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 20,
    }


globals().update(email())
EMAIL_FILE_PATH = DATA_DIR / "letters"
DEFAULT_FROM_EMAIL = os.environ.get("WUGEYI_EMAIL_FROM", "wugeyi@localhost")
# By the rest of its name, as wugeyi/notices/gateways reads them.
NOTICES = {
    name.removeprefix("WUGEYI_NOTICE_"): value
    for name, value in os.environ.items()
    if name.startswith("WUGEYI_NOTICE_")
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
