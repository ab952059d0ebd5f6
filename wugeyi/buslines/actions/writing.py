"""How every act takes a line and puts rows back: locked, checked, audited."""

from wugeyi.accounts.models import User
from wugeyi.buslines.models import Line
from wugeyi.buslines.rules.refusals import Refused, Why

By = User | None


def take(line: Line, *, version: int | None = None, ended: bool = False) -> Line:
    """Read a line afresh and hold it until the transaction ends.

    Parameters
    ----------
    ended
        Whether a line that no longer runs may be written too.

    Raises
    ------
    Refused
        It was written since ``version`` (CHANGED), or has ended (CLOSED).
    """
    fresh = (
        Line.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=line.pk)
    )
    if version is not None and fresh.version != version:
        raise Refused(Why.CHANGED)
    if fresh.closed_on is not None and not ended:
        raise Refused(Why.CLOSED)
    return fresh
