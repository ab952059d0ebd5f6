"""The product's settings with what a test run needs: a throwaway secret, fast hashing."""

import os
import tempfile

os.environ.setdefault("WUGEYI_SECRET_KEY", "tests-only")
os.environ.setdefault("WUGEYI_DATA_DIR", tempfile.mkdtemp(prefix="wugeyi-tests-"))

from wugeyi.settings import *  # noqa: E402, F403, TID251

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
