import errno
import io
import os
import struct
import zlib
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests.casework.world import World
from tests.submissions.phone import Phone, jpeg, report
from wugeyi.casework.models import Case, CasePhoto
from wugeyi.submissions.actions.photos import clean
from wugeyi.submissions.models import Photo, Submission
from wugeyi.uploads.models import Upload

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def huge() -> bytes:
    """A PNG of a hundred megapixels in a few hundred octets of header and nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        whole = kind + body
        return (
            struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))
        )

    head = struct.pack(">IIBBBBB", 10_000, 10_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_001)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def noisy(side: int = 700) -> bytes:
    file = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(side * side * 3)).save(file, "PNG")
    return file.getvalue()


def incoming() -> list[Path]:
    return list((Path(settings.DATA_DIR) / "incoming").glob("*.part"))


def test_photos_come_first_and_go_with_the_report(
    city: World, phone_line: Phone
) -> None:
    key, photo = uuid4(), uuid4()
    status, answer = phone_line.send("report", key, report(city), photos=[photo])
    assert (status, answer["state"], answer["missing"]) == (200, "photos", [str(photo)])
    octets = noisy()
    for at in range(0, len(octets), 300_000):
        part = octets[at : at + 300_000]
        assert phone_line.far(photo) == at
        assert phone_line.part(photo, part, at, len(octets)).status_code == 200
    status, answer = phone_line.send("report", key, report(city), photos=[photo])
    assert status == 200
    kept = CasePhoto.objects.get(case=Case.objects.get())
    assert (kept.upload.width, kept.upload.media_type) == (700, "image/jpeg")
    assert Photo.objects.count() == 0
    assert incoming() == []
    # A repeat needs no photographs.
    assert phone_line.send("report", key, report(city), photos=[photo])[0] == 200


def test_what_can_be_refused_by_its_words_is_so_before_photos(
    city: World, phone_line: Phone
) -> None:
    fields = report(city, text="")
    status, answer = phone_line.send("report", uuid4(), fields, photos=[uuid4()])
    assert (status, answer["state"]) == (422, "refused")


def test_parts_that_come_twice_late_or_too_early(
    phone_line: Phone, city: World
) -> None:
    octets, photo = noisy(), uuid4()
    size = len(octets)
    first = octets[:300_000]
    early = phone_line.part(photo, octets[300_000:400_000], 300_000, size)
    assert (early.status_code, early.headers["Upload-Offset"]) == (409, "0")
    for _try in range(2):
        answer = phone_line.part(photo, first, 0, size)
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (200, "300000")
    # What broke off in the middle of a part is written over.
    half = phone_line.part(photo, octets[300_000:350_000], 300_000, size)
    assert half.headers["Upload-Offset"] == "350000"
    overlap = phone_line.part(photo, octets[300_000:600_000], 300_000, size)
    assert overlap.headers["Upload-Offset"] == "600000"
    for at in range(600_000, size, 500_000):
        phone_line.part(photo, octets[at : at + 500_000], at, size)
    upload = Photo.objects.get(pk=photo).upload
    assert upload is not None
    assert phone_line.far(photo) == size
    # Late repeats of any part change nothing.
    assert phone_line.part(photo, first, 0, size).status_code == 200
    assert Upload.objects.count() == 1


def test_the_last_part_again_finishes_what_broke_off(
    city: World, phone_line: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    octets, photo = jpeg(), uuid4()
    with monkeypatch.context() as broken:
        broken.setattr("wugeyi.submissions.actions.photos._finish", _falls)
        with pytest.raises(RuntimeError):
            phone_line.part(photo, octets, 0, len(octets))
    assert phone_line.far(photo) == len(octets)
    answer = phone_line.part(photo, b"", len(octets), len(octets))
    assert answer.status_code == 200
    assert Photo.objects.get().upload is not None


def _falls(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError("the power went")


def test_a_file_that_was_lost_begins_anew(city: World, phone_line: Phone) -> None:
    octets, photo = noisy(), uuid4()
    phone_line.part(photo, octets[:300_000], 0, len(octets))
    for path in incoming():
        path.unlink()
    answer = phone_line.part(photo, octets[300_000:500_000], 300_000, len(octets))
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "0")
    assert phone_line.far(photo) == 0
    for at in range(0, len(octets), 500_000):
        answer = phone_line.part(photo, octets[at : at + 500_000], at, len(octets))
    assert answer.status_code == 200
    assert Photo.objects.get().upload is not None


@pytest.mark.parametrize(
    ("octets", "word"),
    [
        (b"", "空"),
        (SVG, "不是能打开的照片"),
        (huge(), "像素"),
        (jpeg()[:900], "不完整"),
    ],
    ids=["zero-bytes", "svg-with-script", "hundred-megapixels", "cut-off"],
)
def test_a_picture_that_is_none_costs_only_itself(
    city: World, phone_line: Phone, octets: bytes, word: str
) -> None:
    bad, answer = phone_line.upload(octets)
    assert answer.status_code == 422
    assert word in answer.json()["text"]
    good, _answer = phone_line.upload(jpeg())
    key = uuid4()
    status, told = phone_line.send("report", key, report(city), photos=[bad, good])
    assert (status, told["missing"]) == (200, [])
    assert word in told["problems"][str(bad)]
    status, _told = phone_line.send("report", key, report(city), photos=[good])
    assert status == 200
    assert CasePhoto.objects.count() == 1
    assert incoming() == []


def test_a_full_disk_of_the_server_loses_nothing(
    city: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers as a server that failed, so phones send the same part again later."""
    line = Phone(Client(raise_request_exception=False))
    octets, photo = noisy(), uuid4()
    assert line.part(photo, octets[:300_000], 0, len(octets)).status_code == 200
    with monkeypatch.context() as full:
        full.setattr("wugeyi.submissions.gateway.write", _full)
        part = octets[300_000:600_000]
        assert line.part(photo, part, 300_000, len(octets)).status_code == 500
    assert line.far(photo) == 300_000
    # The disk fills up just when the whole is written anew.
    with monkeypatch.context() as full:
        full.setattr("wugeyi.uploads.gateway.write", _full)
        last = [
            line.part(photo, octets[at : at + 500_000], at, len(octets)).status_code
            for at in range(300_000, len(octets), 500_000)
        ]
    assert last[-1] == 500
    assert Upload.objects.count() == 0
    assert line.far(photo) == len(octets)
    assert line.part(photo, b"", len(octets), len(octets)).status_code == 200
    assert Photo.objects.get().upload is not None


def _full(*_args: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_of_a_film_is_refused_at_its_first_part(
    city: World, phone_line: Phone
) -> None:
    answer = phone_line.part(uuid4(), b"x" * 1000, 0, 900_000_000)
    assert answer.status_code == 422
    assert "MB" in answer.json()["text"]
    assert incoming() == []


@pytest.mark.parametrize(
    ("offset", "size"), [("", "1"), ("-1", "1"), ("1", ""), ("x", "1"), ("0", "9" * 20)]
)
def test_parts_nobody_understands(
    city: World, phone_line: Phone, offset: str, size: str
) -> None:
    key = uuid4()
    answer = phone_line.client.post(
        f"/send/photos/{key}",
        b"x",
        content_type="application/octet-stream",
        headers={
            "Idempotency-Key": str(key),
            "Upload-Offset": offset,
            "Upload-Length": size,
        },
    )
    assert answer.status_code == 400


def test_too_many_photos(city: World, phone_line: Phone) -> None:
    photos = [uuid4() for _each in range(7)]
    status, answer = phone_line.send("report", uuid4(), report(city), photos=photos)
    assert (status, answer["state"]) == (422, "refused")


def test_what_was_abandoned_is_forgotten(city: World, phone_line: Phone) -> None:
    now = timezone.now()
    octets = noisy()
    phone_line.part(uuid4(), octets[:300_000], 0, len(octets))
    _whole, _answer = phone_line.upload(jpeg())
    phone_line.send("report", uuid4(), report(city))
    stray = Path(settings.DATA_DIR) / "incoming" / f"{uuid4()}.part"
    stray.write_bytes(b"x")
    os.utime(stray, (0, 0))
    assert clean(now + timedelta(days=1)) == 1  # the stray file
    assert Photo.objects.count() == 2
    assert clean(now + timedelta(days=8)) == 2
    assert Photo.objects.count() == 0
    assert incoming() == []
    assert Submission.objects.count() == 1
    assert clean(now + timedelta(days=500)) == 1
    assert Submission.objects.get().text == ""
