"""The catalogue of what is shared: what came in, what went out; not who books it."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wugeyi.audit.models import AuditEvent
from wugeyi.interfaces.events import Teller, Told
from wugeyi.interfaces.queries.data.sharing import THINGS, thing
from wugeyi.interfaces.queries.telling.chain import asked_for, row_of, subjects
from wugeyi.sharing.models import Thing

DONE = {
    "sharing.offer_thing": "sharing.offered",
    "sharing.withdraw_thing": "sharing.withdrawn",
}


def tell(happened: Sequence[AuditEvent]) -> list[Told | None]:
    """Tell of things as their pages show them now."""
    things = Thing.objects.filter(pk__in=subjects(happened))
    rows = things.select_related("kind", "partner", "community").in_bulk()
    asked = asked_for(timezone.localdate())

    def one(event: AuditEvent) -> Told | None:
        row, code = rows.get(event.subject_id or 0), DONE.get(event.action)
        if row is None or code is None:
            return None
        data = row_of(THINGS, thing(row, asked)) | {"since_on": str(row.since_on)}
        if row.until_on is not None:
            data["until_on"] = str(row.until_on)
        return Told(code, row.community.path, data)

    return [one(event) for event in happened]


TELLER = Teller(
    "sharing.thing",
    {
        "sharing.offered": _("共享目录里多了一样"),
        "sharing.withdrawn": _("共享目录里少了一样"),
    },
    tell,
)
