"""What the benchmark does inside our program: migrate, fill, let people in.

Run as ``python -m benchmarks.casework.inside CASES NOW`` with our environment set; the
last line printed is what the measuring process needs to know, as JSON.
"""

import json
import sys
from datetime import datetime

import django


def main(words: list[str]) -> None:
    django.setup()
    from django.core.management import call_command

    from benchmarks.casework import fill, tree
    from wugeyi.organisations.models import Organisation

    now = datetime.fromisoformat(words[1])
    call_command("migrate", verbosity=0)
    if not Organisation.objects.exists():
        tree.build(at=now)
    seconds = fill.fill(upto=int(words[0]), now=now)
    print(json.dumps({"fill_seconds": seconds, **known()}))


def known() -> dict[str, object]:
    """Return who may sign in by which cookie, and cases and places to ask for."""
    from wugeyi.casework.models import Case, Category
    from wugeyi.organisations.models import Organisation

    # The one with the most cases: communities are drawn unevenly, the first most.
    places = Organisation.objects.filter(kind__in=("community", "village"))
    unit = places.order_by("code")[0]
    busy = Case.objects.filter(handler=unit).exclude(state__in=("closed", "merged"))
    closed = Case.objects.filter(place=unit, state="closed")
    return {
        "cookies": {
            "worker": session(f"u{unit.code}"),
            "dispatcher": session(f"u{unit.code[:6]}"),
            "supervisor": session(f"u{unit.code[:4]}"),
        },
        "open": list(busy.order_by("id").values_list("pk", flat=True)[:20]),
        "closed": list(closed.order_by("-id").values_list("pk", flat=True)[:20]),
        # A pin in each of a hundred communities, with cases around it.
        "points": list(places.order_by("code").values_list("area__lon", "area__lat"))[
            :100
        ],
        "place": unit.pk,
        "places": list(places.order_by("code").values_list("pk", flat=True)),
        "category": Category.objects.get(code="street-light").pk,
    }


def session(username: str) -> str:
    """Sign somebody in without the form; return the cookie."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import login
    from django.http import HttpRequest

    from wugeyi.accounts.models import User

    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    login(
        request,
        User.objects.get(username=username),
        "django.contrib.auth.backends.ModelBackend",
    )
    request.session.save()
    return str(request.session.session_key)


if __name__ == "__main__":
    main(sys.argv[1:])
