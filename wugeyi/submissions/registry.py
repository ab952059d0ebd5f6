"""What can be sent from a phone without signal, by kind; apps add theirs at start-up.

A kind names a form. Its page works without scripts as any page does; with
``data-queued="<code>"`` on the ``<form>``, a hidden ``client_id`` in it and
``{% include "submissions/offline.html" %}`` in ``{% block scripts %}`` what is sent is
kept on the phone until the server has taken it.

What an app does here, in its ``AppConfig.ready``::

    registry.register(
        "cleanup", views.queued.take, label=_("闪除"), page="volunteering:cleanup",
        sign_in=True, photos=2,
    )
    registry.offline_page("stations:list")

``take`` reads ``sent.fields`` with the same form class as the page and calls the same
action, which is idempotent by ``client_id`` (a unique column of the record). It runs
inside a transaction together with the note that this id was taken: when it raises,
nothing of it stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.functional import Promise

from wugeyi.accounts.models import User
from wugeyi.uploads.models import Upload


@dataclass(frozen=True, slots=True)
class Sent:
    """What arrived, once.

    ``client_id`` was made on the phone; the record made of it carries the same id.
    ``by`` is who wrote it and is signed in now, or None. ``written_at`` is the phone's
    own clock (may be years off: kept, never trusted), ``received_at`` the server's.
    ``attended`` tells that the person is looking at the form and can answer a question
    at once: what is refused is then shown on the form's own page.
    """

    client_id: UUID
    fields: QueryDict
    photos: tuple[Upload, ...]
    by: User | None
    written_at: datetime | None
    received_at: datetime
    attended: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it: where its page is, and a sentence for the person.

    ``key`` is handed to the kind's ``opened`` with every answer. ``staff_url`` is where
    staff find the record and ``organisation_id`` whose it is, for reviewing conflicts;
    without one they are the seat's.
    """

    url: str
    text: str
    key: str = ""
    staff_url: str = ""
    organisation_id: int | None = None


class NotTaken(Exception):
    """Why it is not taken, by field (``""`` for the whole): the person mends it.

    With ``needs_sign_in`` it stays in the queue until its writer has signed in; with
    ``claim`` whoever is asking may say that they wrote it.
    """

    def __init__(
        self,
        errors: Mapping[str, list[str]],
        *,
        needs_sign_in: bool = False,
        claim: bool = False,
    ) -> None:
        super().__init__("; ".join(text for each in errors.values() for text in each))
        self.errors = {
            name: [str(text) for text in each] for name, each in errors.items()
        }
        self.needs_sign_in = needs_sign_in
        self.claim = claim


Take = Callable[[HttpRequest, Sent], Taken]
Check = Callable[[HttpRequest, Sent], None]
Opened = Callable[[HttpRequest, HttpResponse, str], str]
Known = Callable[[HttpRequest], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is sent; see :func:`register`."""

    code: str
    take: Take
    label: str | Promise
    page: str
    sign_in: bool = False
    photos: int = 0
    check: Check | None = None
    opened: Opened | None = None


@dataclass(slots=True)
class _Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    persons: dict[str, Known] = field(default_factory=dict)
    names: dict[str, str | Promise] = field(default_factory=dict)


_REGISTRY = _Registry()


def register(
    code: str,
    take: Take,
    *,
    label: str | Promise,
    page: str,
    sign_in: bool = False,
    photos: int = 0,
    check: Check | None = None,
    opened: Opened | None = None,
) -> None:
    """Take what is sent under a code; the same code twice keeps the last.

    Parameters
    ----------
    code
        Part of the address ``/send/<code>``: small letters and hyphens.
    take
        Makes the record. Raises :class:`NotTaken` where the person must mend something.
    label
        What the person calls it ("反映问题").
    page
        The name of the view with the form, without arguments; it opens offline as
        everybody sees it who is not signed in.
    sign_in
        Only its writer, signed in, may send it; it waits until then.
    photos
        How many photographs at most; further ones are refused.
    check
        Raises :class:`NotTaken` before photographs are uploaded, where it can be told
        from the fields alone. ``sent.photos`` is empty then.
    opened
        Called with every answer that says it was taken, the first and repeats, with the
        answer and :attr:`Taken.key`: gives the address to show now (with a fresh
        ticket, say) and may set cookies.
    """
    _REGISTRY.kinds[code] = Kind(
        code, take, label, page, sign_in, photos, check, opened
    )
    offline_page(page)


def offline_page(name: str, *, instead_of: str = "") -> None:
    """Let a public page (a view's name, without arguments) open without signal.

    It is kept on the phone as everybody sees it who is not signed in. ``instead_of``
    names a view whose address ends with its one argument: without signal its pages lead
    to this one, to the element that has the argument as its id.
    """
    if name not in _REGISTRY.pages:
        _REGISTRY.pages.append(name)
    if instead_of:
        _REGISTRY.parts[instead_of] = name


def register_person(code: str, known: Known) -> None:
    """Tell apart people who have no account: what is queued waits for its writer.

    ``known`` gives what an app knows whoever is asking by, "" for nobody; it never
    leaves the server. Ask :func:`wugeyi.submissions.persons.wrote` when it arrives.
    """
    _REGISTRY.persons[code] = known


def persons() -> dict[str, Known]:
    """Return how people without an account are known, by the app's code."""
    return dict(_REGISTRY.persons)


def name(code: str, label: str | Promise) -> None:
    """Say what staff read for a kind that no phone sends: another program's, say."""
    _REGISTRY.names[code] = label


def label_of(code: str) -> str:
    """Return what a kind is called; its code where no app knows it any more."""
    kind = _REGISTRY.kinds.get(code)
    return str(kind.label if kind else _REGISTRY.names.get(code, code))


def kind_of(code: str) -> Kind | None:
    """Return a kind; None if no app knows the code."""
    return _REGISTRY.kinds.get(code)


def kinds() -> list[Kind]:
    """Return every kind, in the order of registering."""
    return list(_REGISTRY.kinds.values())


def pages() -> list[str]:
    """Return the names of the pages that open offline, in the order of registering."""
    return list(_REGISTRY.pages)


def parts() -> dict[str, str]:
    """Return views whose pages stand on a kept page, each with the name of that one."""
    return dict(_REGISTRY.parts)


def is_copy(request: HttpRequest) -> bool:
    """Tell whether a page is drawn to be kept on a phone, for nobody in particular.

    A page that sends strangers elsewhere shows its form then: what is written on it
    waits until its writer is known.
    """
    return bool(getattr(request, "offline_copy", False))
