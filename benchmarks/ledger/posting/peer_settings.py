"""Django for a peer, with the database as durable as ours."""

import os
from urllib.parse import unquote, urlsplit

PEER = os.environ["BENCH_PEER"]
ADDRESS = os.environ["BENCH_DATABASE"]
SECRET_KEY = "only-for-measuring"
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    *{"hordak": ["mptt", "hordak"], "django_ledger": ["django_ledger"]}[PEER],
]
if ADDRESS.startswith("postgresql:"):
    _parts = urlsplit(ADDRESS)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _parts.path.lstrip("/"),
            "USER": unquote(_parts.username or ""),
            "PASSWORD": unquote(_parts.password or ""),
            "HOST": _parts.hostname,
            "PORT": str(_parts.port or ""),
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ADDRESS,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-32000;"
                "PRAGMA temp_store=MEMORY",
            },
        }
    }
    if PEER == "hordak":
        # It does not know SQLite: its tables without its triggers.
        MIGRATION_MODULES = {"hordak": None}
DEFAULT_CURRENCY = "CNY"
CURRENCIES = ["CNY"]
HORDAK_INTERNAL_CURRENCY = "CNY"
DJANGO_LEDGER_USE_DEPRECATED_BEHAVIOR = False
