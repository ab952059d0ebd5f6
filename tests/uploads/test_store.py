import os
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import Http404

from tests.audit.helpers import assert_no_event, assert_one_event
from tests.uploads.pictures import phone_photo, photo, saved, sent
from wugeyi.audit.rules import Actor
from wugeyi.uploads import actions, gateway
from wugeyi.uploads.errors import NotAPicture
from wugeyi.uploads.models import Upload
from wugeyi.uploads.views import picture_response

AT = datetime(2026, 3, 1, tzinfo=UTC)
RESIDENT = Actor("诉求人")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files(folder):
    return sorted(
        p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()
    )


@pytest.mark.django_db
def test_is_kept_under_the_hash_of_its_own_bytes(folder):
    with assert_one_event("uploads.store"):
        upload = actions.store(file=sent(phone_photo()), by=RESIDENT, at=AT)
    content = (folder / upload.path).read_bytes()
    assert sha256(content).hexdigest() == upload.sha256
    assert (
        upload.path == f"{upload.sha256[:2]}/{upload.sha256[2:4]}/{upload.sha256}.jpg"
    )
    assert (upload.width, upload.height, upload.size_bytes) == (480, 640, len(content))
    assert upload.created_by is None
    assert files(folder) == [upload.path, upload.path.replace(".jpg", ".thumb.jpg")]


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(folder):
    with assert_no_event(), pytest.raises(NotAPicture):
        actions.store(file=sent(b"text"), by=RESIDENT, at=AT)
    assert not files(folder)
    assert not Upload.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_picture_twice_is_one_file_until_both_are_forgotten(folder):
    one = actions.store(file=sent(phone_photo()), by=RESIDENT, at=AT)
    two = actions.store(file=sent(phone_photo()), by=RESIDENT, at=AT)
    assert one.pk != two.pk
    assert one.path == two.path
    assert len(files(folder)) == 2
    with assert_one_event("uploads.forget"):
        actions.forget(upload=one, by=None, at=AT)
    assert len(files(folder)) == 2
    actions.forget(upload=two, by=None, at=AT)
    assert files(folder) == []


@pytest.mark.django_db(transaction=True)
def test_a_forgetting_rolled_back_loses_nothing(folder):
    upload = actions.store(file=sent(phone_photo()), by=RESIDENT, at=AT)
    with transaction.atomic():
        actions.forget(upload=upload, by=None, at=AT)
        transaction.set_rollback(True)
    assert Upload.objects.filter(pk=upload.pk).exists()
    assert len(files(folder)) == 2


@pytest.mark.django_db
def test_a_full_disk_leaves_no_row_and_no_half_file(folder, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(gateway.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        actions.store(file=sent(phone_photo()), by=RESIDENT, at=AT)
    monkeypatch.undo()
    assert not Upload.objects.exists()
    assert [p for p in folder.rglob("*") if p.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_sweep_takes_what_nobody_uses_and_nothing_younger(folder):
    old = actions.store(file=sent(saved(photo(seed=1))), by=RESIDENT, at=AT)
    young = actions.store(
        file=sent(saved(photo(seed=2))), by=RESIDENT, at=AT + timedelta(days=3)
    )
    lost = folder / "ab" / "cd" / ("abcd" * 16 + ".jpg")
    lost.parent.mkdir(parents=True)
    half = lost.parent / ".new-xyz"
    strange = lost.parent / "notes.txt"
    for path in (lost, half, strange):
        path.write_bytes(b"x")
    before = AT + timedelta(days=1)
    for path in folder.rglob("*.*"):
        os.utime(path, (AT.timestamp(), AT.timestamp()))
    assert actions.sweep(before=before, at=before) == 3
    assert not Upload.objects.filter(pk=old.pk).exists()
    assert Upload.objects.filter(pk=young.pk).exists()
    left = files(folder)
    assert young.path in left
    assert "ab/cd/notes.txt" in left
    assert len(left) == 3
    assert actions.sweep(before=before, at=before) == 0


@pytest.mark.django_db
def test_is_handed_out_with_headers_that_let_nothing_run(folder):
    upload = actions.store(file=sent(phone_photo()), by=RESIDENT, at=AT)
    whole, small = picture_response(upload), picture_response(upload, thumb=True)
    assert whole.content == (folder / upload.path).read_bytes()
    assert len(small.content) < upload.size_bytes
    assert whole["Content-Type"] == "image/jpeg"
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in whole["Content-Security-Policy"]
    assert whole["Cache-Control"] == "private, max-age=31536000, immutable"
    assert whole["Content-Disposition"].startswith("inline")
    Path(folder / upload.path).unlink()
    with pytest.raises(Http404):
        picture_response(upload)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_forgetting_and_sending_again_at_once_never_lose_the_file(folder):
    content = saved(photo(64, 48))
    errors = []

    def work():
        try:
            for _ in range(12):
                upload = actions.store(file=sent(content), by=RESIDENT, at=AT)
                assert (folder / upload.path).exists()
                actions.forget(upload=upload, by=None, at=AT)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors
    assert files(folder) == []
