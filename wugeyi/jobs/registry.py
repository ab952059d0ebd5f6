"""What the apps above have done here: tasks of the clock, and long work by kind.

A task is told the time and returns how much it did. It must be safe to repeat and to
run while people work. Apps add theirs at start-up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.functional import Promise

from wugeyi.jobs.models import Work

if TYPE_CHECKING:
    from wugeyi.jobs.tasks import Task as Doing

Task = Callable[[datetime], int]

# Run at every tick, some once a minute; cheap when there is nothing to do.
ALWAYS: dict[str, Task] = {}
# Run once a day; tried again at the next tick after a failure.
DAILY: dict[str, Task] = {}


def always(name: str, task: Task) -> None:
    """Run ``task`` at every tick; the same name twice keeps the last."""
    ALWAYS[name] = task


def daily(name: str, task: Task) -> None:
    """Run ``task`` once a day; the same name twice keeps the last."""
    DAILY[name] = task


# Long work that people ask for

Asked = Callable[[HttpRequest, Work], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work: what does it, and how it is told.

    ``texts`` are the sentences its messages name, with ``%(value)s`` where a value
    goes. ``address`` says on which page its result stands. ``may`` tells who may look
    at it and stop it besides whoever asked; ``sees`` who may look only.
    """

    name: str
    function: "Callable[[Doing], None]"
    label: str | Promise
    texts: Mapping[str, str | Promise]
    address: Callable[[Work], str] | None
    may: Asked | None
    sees: Asked | None = None


_KINDS: dict[str, Kind] = {}


def work(
    name: str,
    function: "Callable[[Doing], None]",
    *,
    label: str | Promise,
    texts: Mapping[str, str | Promise] | None = None,
    address: Callable[[Work], str] | None = None,
    may: Asked | None = None,
    sees: Asked | None = None,
) -> None:
    """Let ``function`` do work of a kind; the same name twice keeps the last.

    The function runs in a process of its own with the database at hand, and is told
    what to do by the row that ``task.subject`` names. It must be safe to begin again
    from the start: a process may die. It calls ``task.tell`` now and then, outside
    transactions, and stops when that answers False. It raises
    :class:`~wugeyi.jobs.tasks.Trouble` for what people can put right.
    """
    _KINDS[name] = Kind(name, function, label, texts or {}, address, may, sees)


def kind_of(work: Work) -> Kind | None:
    """Return the kind of a piece of work; None if no app knows it any more."""
    return _KINDS.get(work.kind)


def may_stop(request: HttpRequest, work: Work) -> bool:
    """Tell whether somebody asked for a piece of work, or its kind lets them stop it."""
    if work.asked_by_id is not None and work.asked_by_id == request.user.pk:
        return True
    kind = kind_of(work)
    return kind is not None and kind.may is not None and kind.may(request, work)


def may_look(request: HttpRequest, work: Work) -> bool:
    """Tell whether somebody may see how far a piece of work is."""
    if may_stop(request, work):
        return True
    kind = kind_of(work)
    return kind is not None and kind.sees is not None and kind.sees(request, work)
