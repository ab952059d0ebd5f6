"""Do once, before anybody waits for it, what a circle's pages do.

Machine code takes a second to load into a process, and half a minute to compile on a new
machine; one process compiles, the others wait for its lock and then load.
"""

import fcntl
from datetime import date

from wugeyi.circles import adapter
from wugeyi.circles.models import Circle
from wugeyi.circles.queries.effects import effect
from wugeyi.circles.queries.inputs import gather
from wugeyi.circles.rules.changes import Change, Link, What
from wugeyi.circles.rules.paces import Pace
from wugeyi.circles.rules.refusals import Refused
from wugeyi.places.gateway import data_folder

# Degrees: some fifty metres.
NEAR = 0.0005


def warm(*, today: date) -> bool:
    """Look at the newest circle and try a change; False: there is nothing to look at."""
    circle = Circle.objects.filter(closed_at=None).order_by("-pk").first()
    if circle is None or adapter.lacking():
        return False
    data_folder().mkdir(parents=True, exist_ok=True)
    with (data_folder() / ".warming").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _look(circle, today)


def _look(circle: Circle, today: date) -> bool:
    setting = circle.setting(Pace.ADULT)
    try:
        homes = gather(circle, setting, today=today).homes
        if not homes:
            return False
        lon, lat = homes[0].lon, homes[0].lat
        ends = (lon, lat, lon + NEAR, lat + NEAR)
        change = Change(What.OPEN_LINK, Link.PATH, *ends)
        effect(circle, setting, (change,), today=today)
    except Refused:
        # The network is gone, or no way is near the first home: a page will say so.
        return False
    return True
