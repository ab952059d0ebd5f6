"""What a phone keeps so that pages open without signal."""

import json
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac

from wugeyi.submissions import registry

QUEUE = "submissions:queue"
SCRIPT = "ui/built/service-worker.js"
# Whatever a page is made of has an address that changes with its content; where it has
# not (development), these files tell whether something changed.
BASIC = ("ui/built/main.css", "ui/built/base.js", "ui/built/offline.js")


def pages() -> dict[str, str]:
    """Return the addresses of pages that open offline, with the names of their views."""
    names = [QUEUE, *registry.pages()]
    return {reverse(name): name for name in names}


def parts() -> dict[str, str]:
    """Return how addresses begin that lead to a part of a kept page, and its address."""
    return {
        reverse(view, args=["-"]).removesuffix("-"): reverse(page)
        for view, page in registry.parts().items()
    }


def person_tag(user: Any) -> str:
    """Return what stands for somebody who is signed in; empty for everybody else.

    It tells phones whose queue it is, and nobody who it is.
    """
    if not user.is_authenticated:
        return ""
    return salted_hmac("wugeyi.submissions.person", str(user.pk)).hexdigest()[:24]


def service_worker() -> tuple[str, str]:
    """Return the service worker's script and its version."""
    told = {
        "pages": list(pages()),
        "parts": list(parts().items()),
        "copy": reverse("submissions:copy"),
        "queue": reverse(QUEUE),
        "static": settings.STATIC_URL,
    }
    files = "".join(static(name) for name in BASIC)
    code = _script()
    whole = json.dumps(told, sort_keys=True) + files + code + _content()
    version = sha256(whole.encode()).hexdigest()[:12]
    head = json.dumps({**told, "version": version})
    return f"self.WUGEYI={head};\n{code}", version


def _read(name: str) -> bytes:
    path = finders.find(name)
    if isinstance(path, str):
        with open(path, "rb") as file:
            return file.read()
    with staticfiles_storage.open(name) as stored:
        return bytes(stored.read())


@lru_cache(maxsize=1)
def _kept_script() -> str:
    return _read(SCRIPT).decode()


def _script() -> str:
    return _read(SCRIPT).decode() if settings.DEBUG else _kept_script()


def _content() -> str:
    """Return what tells that files changed where their addresses do not."""
    if not settings.DEBUG:
        return ""
    return sha256(b"".join(_read(name) for name in BASIC)).hexdigest()
