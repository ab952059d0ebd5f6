"""The product's settings with what a test run needs: a throwaway secret, fast hashing."""

import atexit
import os
import shutil
import tempfile
from typing import cast

if "WUGEYI_DATA_DIR" not in os.environ:
    # Workers of a parallel run inherit the folder; the first process removes it.
    os.environ["WUGEYI_DATA_DIR"] = tempfile.mkdtemp(prefix="wugeyi-tests-")
    atexit.register(shutil.rmtree, os.environ["WUGEYI_DATA_DIR"], ignore_errors=True)
if (worker := os.environ.get("PYTEST_XDIST_WORKER")) and (
    "WUGEYI_TEMPLATE_DIR" not in os.environ
):
    # What one removes is not missed by another. The migrated database is for all.
    os.environ["WUGEYI_TEMPLATE_DIR"] = os.environ["WUGEYI_DATA_DIR"]
    os.environ["WUGEYI_DATA_DIR"] = os.path.join(os.environ["WUGEYI_DATA_DIR"], worker)
    os.makedirs(os.environ["WUGEYI_DATA_DIR"], exist_ok=True)
os.environ.setdefault("WUGEYI_SECRET_KEY", "tests-only")

from wugeyi.settings import *  # noqa: F403, TID251

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
# A file as in production: threads and processes meet in it as they do there.
DATABASES["default"]["TEST"] = {  # noqa: F405
    "NAME": str(DATA_DIR / "tests.sqlite3")  # noqa: F405
    if "sqlite3" in str(DATABASES["default"]["ENGINE"])  # noqa: F405
    else None
}
# Nobody cuts the power of a test: nothing waits for the disk. All else is as it was.
_options = cast("dict[str, str]", DATABASES["default"]["OPTIONS"])  # noqa: F405
if "init_command" in _options:
    _options["init_command"] += ";PRAGMA synchronous=OFF"
# Else every client of every test would walk through all static files first.
WHITENOISE_AUTOREFRESH = True
# A test changes a name and looks at once; the process of a browser's test lives on.
KEPT_SECONDS = 0
