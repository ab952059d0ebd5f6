"""Keeping pictures people sent, and forgetting them."""

from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import BinaryIO

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction

from wugeyi.accounts.models import User
from wugeyi.audit.actions import record
from wugeyi.audit.rules import Actor
from wugeyi.uploads import gateway, queries
from wugeyi.uploads.models import Upload
from wugeyi.uploads.pictures import rewrite
from wugeyi.uploads.rules import path_of, thumb_of


def store(
    *,
    file: "File[bytes]",
    by: AbstractBaseUser | Actor | None,
    at: datetime,
) -> Upload:
    """Keep a picture: written anew, without its metadata, under its content's hash.

    The picture is worked on before the transaction begins, so that on SQLite nobody
    waits for it; call it outside of your own transaction too where you can. The same
    picture sent twice is two rows and one file.

    Raises
    ------
    NotAPicture, TooLarge
        See :func:`wugeyi.uploads.pictures.rewrite`; the text is for the sender.
    """
    stream: BinaryIO = file  # type: ignore[assignment]
    picture = rewrite(stream, file.size or 0)
    digest = sha256(picture.jpeg).hexdigest()
    path = path_of(digest)
    with transaction.atomic():
        gateway.lock_content(digest)
        gateway.write(thumb_of(path), picture.thumb)
        gateway.write(path, picture.jpeg)
        upload = Upload.objects.create(
            sha256=digest,
            path=path,
            media_type="image/jpeg",
            width=picture.width,
            height=picture.height,
            size_bytes=len(picture.jpeg),
            created_at=at,
            created_by=by if isinstance(by, User) else None,
        )
        record(
            action="uploads.store",
            subject=upload,
            by=by,
            at=at,
            after={
                "sha256": digest,
                "width": picture.width,
                "height": picture.height,
                "size_bytes": len(picture.jpeg),
            },
        )
    return upload


@transaction.atomic
def forget(
    *, upload: Upload, by: AbstractBaseUser | Actor | None, at: datetime
) -> None:
    """Remove a picture's row, and its file when no other row uses it.

    The file goes after the transaction is committed: a rolled-back act loses nothing.

    Raises
    ------
    django.db.models.ProtectedError
        Something still refers to the picture.
    """
    key, path, digest = upload.pk, upload.path, upload.sha256
    record(
        action="uploads.forget",
        subject=upload,
        by=by,
        at=at,
        before={"sha256": digest},
    )
    Upload.objects.filter(pk=key).delete()
    transaction.on_commit(partial(_remove_unused, path, digest))


def sweep(*, before: datetime, at: datetime) -> int:
    """Forget pictures nothing refers to, and files no row names; return how many.

    Such pictures come from a form that was never finished, such files from an act
    that was rolled back. ``before`` leaves those alone that may still be in use: give
    it a day.
    """
    count = 0
    for upload in queries.unused(before=before).iterator(chunk_size=500):
        forget(upload=upload, by=None, at=at)
        count += 1
    for path in gateway.files_before(before):
        digest = path.rsplit("/", 1)[-1].split(".", 1)[0]
        if not digest:  # .new-…: left by a power cut while writing
            gateway.remove(path)
            count += 1
        elif path == path_of(digest) and not queries.in_use(digest):
            _remove_unused(path, digest)
            count += 1
    return count


def _remove_unused(path: str, digest: str) -> None:
    # Asked anew under the lock: since the commit somebody may have sent it again.
    with transaction.atomic():
        gateway.lock_content(digest)
        if not queries.in_use(digest):
            gateway.remove(thumb_of(path))
            gateway.remove(path)
