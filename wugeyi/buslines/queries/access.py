"""Which lines a person may read, and a line with what its pages need."""

from django.db.models import Q, QuerySet

from wugeyi.buslines.models import Line, Spot
from wugeyi.buslines.rules import access
from wugeyi.organisations.queries import within
from wugeyi.organisations.rules import Reach


def visible(reach: Reach) -> QuerySet[Line]:
    """Return every line run within one's reach, ended ones too."""
    return Line.objects.filter(within("organisation__path", reach.roots(access.READS)))


def load(key: int) -> Line | None:
    """Return a line with its organisation; one query."""
    return Line.objects.select_related("organisation").filter(pk=key).first()


def at_village(path: str, *, on: object) -> QuerySet[Line]:
    """Return the lines that stop, on a day, at or below a village."""
    spots = Spot.objects.filter(
        within("organisation__path", [path]),
        Q(valid_until=None) | Q(valid_until__gt=on),
        kind=Spot.Kind.STOP,
        valid_from__lte=on,
    )
    return Line.objects.filter(closed_on=None, pk__in=spots.values("line"))
