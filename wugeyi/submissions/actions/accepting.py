"""Taking what a phone sent: once, however often it comes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from wugeyi.accounts.models import User
from wugeyi.figures.actions import refresh
from wugeyi.submissions.actions.conflicts import Other, keep
from wugeyi.submissions.models import Photo, Submission
from wugeyi.submissions.registry import Kind, Sent, Taken
from wugeyi.submissions.rules import Clock, content_of, digest_of
from wugeyi.uploads.models import Upload


@dataclass(frozen=True, slots=True)
class Letter:
    """What arrived, read but not judged."""

    client_id: UUID
    fields: QueryDict
    photos: tuple[UUID, ...] = ()
    clock: Clock = field(default_factory=Clock)
    attended: bool = False


@dataclass(frozen=True, slots=True)
class PhotosNeeded(Exception):
    """Photographs that have not arrived whole, and those that were not taken, and why."""

    missing: tuple[UUID, ...]
    problems: Mapping[UUID, str]


class Conflicting(Exception):
    """The id was taken with other content; what came now is kept for review."""


class _SentBefore(Exception):
    """Another request with the same id was quicker."""


def accept(
    *,
    request: HttpRequest,
    kind: Kind,
    letter: Letter,
    first: Submission | None,
    by: User | None,
    at: datetime,
) -> Submission:
    """Take it, or give the answer of the first time; the app writes the audit's event.

    ``first`` is what was taken under its id, if that is known already; another request
    may still be quicker.

    Raises
    ------
    PhotosNeeded
        The phone sends these first (or leaves them out), then everything again.
    Conflicting
        Other content under this id was taken before.
    wugeyi.submissions.registry.NotTaken
        The person must mend something. Nothing is kept: the id is free for what they
        send instead.
    """
    content = content_of(letter.fields.lists())
    digest = digest_of(kind.code, content, map(str, letter.photos))
    if first is None:
        uploads = _photos(request, kind, letter, by=by, at=at)
        try:
            return _take(
                request=request,
                kind=kind,
                letter=letter,
                uploads=uploads,
                digest=digest,
                by=by,
                at=at,
            )
        except _SentBefore:
            first = Submission.objects.get(client_id=letter.client_id)
    # Of what was forgotten by now only that it was taken is known.
    if first.digest in ("", digest):
        return first
    if first.conflicts.filter(digest=digest).exists():
        raise Conflicting
    uploads = _photos(request, kind, letter, by=by, at=at)
    other = Other(kind.code, digest, content, uploads, letter.clock.written_at)
    with transaction.atomic():
        keep(first=first, other=other, by=by, at=at)
        Photo.objects.filter(pk__in=letter.photos).delete()
    raise Conflicting


def _photos(
    request: HttpRequest, kind: Kind, letter: Letter, *, by: User | None, at: datetime
) -> list[Upload]:
    """Return the photographs, all here and written anew."""
    if not letter.photos:
        return []
    rows = Photo.objects.select_related("upload").in_bulk(letter.photos)
    arrived = [rows[key].upload for key in letter.photos if key in rows]
    found = [upload for upload in arrived if upload is not None]
    if len(found) == len(letter.photos):
        return found
    if kind.check is not None:
        # What can be refused by its words alone costs nobody the sending of pictures.
        kind.check(request, _sent(letter, (), by=by, at=at))
    problems = {key: row.problem for key, row in rows.items() if row.problem}
    missing = tuple(
        key
        for key in letter.photos
        if key not in problems and (key not in rows or rows[key].upload is None)
    )
    raise PhotosNeeded(missing, problems)


@transaction.atomic
def _take(
    *,
    request: HttpRequest,
    kind: Kind,
    letter: Letter,
    uploads: Sequence[Upload],
    digest: str,
    by: User | None,
    at: datetime,
) -> Submission:
    waited = letter.clock.waited
    row = Submission(
        client_id=letter.client_id,
        kind=kind.code,
        digest=digest,
        by=by,
        written_at=letter.clock.written_at,
        waited_seconds=int(waited.total_seconds()) if waited is not None else None,
        received_at=at,
        queued_on=None if letter.attended else timezone.localdate(at),
    )
    with _only_first():
        # First of all: who comes second with the same id waits here for the first.
        row.save(force_insert=True)
    taken = kind.take(request, _sent(letter, tuple(uploads), by=by, at=at))
    _answer(row, taken)
    if row.queued_on is not None:
        refresh(source="sent_later", records=[row.pk], at=at, new=True)
    Photo.objects.filter(pk__in=letter.photos).delete()
    return row


@contextmanager
def _only_first() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise _SentBefore from error


def _answer(row: Submission, taken: Taken) -> None:
    row.url, row.text = taken.url[:500], str(taken.text)[:500]
    row.key, row.staff_url = taken.key, taken.staff_url
    row.organisation_id = taken.organisation_id
    names = ("url", "text", "key", "staff_url", "organisation_id")
    Submission.objects.filter(pk=row.pk).update(
        **{name: getattr(row, name) for name in names}
    )


def _sent(
    letter: Letter, photos: tuple[Upload, ...], *, by: User | None, at: datetime
) -> Sent:
    return Sent(
        client_id=letter.client_id,
        fields=letter.fields,
        photos=photos,
        by=by,
        written_at=letter.clock.written_at,
        received_at=at,
        attended=letter.attended,
    )
