"""Pictures good and bad for tests, drawn here."""

import io
import random
import struct
import zlib

from django.core.files.base import ContentFile
from PIL import Image, ImageCms


def photo(width=640, height=480, seed=1):
    """A picture with large shapes and some grain, so that JPEG has something to do."""
    dice = random.Random(seed)
    small = Image.new("RGB", (16, 12))
    small.putdata([tuple(dice.randrange(256) for _ in range(3)) for _ in range(192)])
    return small.resize((width, height), Image.Resampling.BICUBIC)


def saved(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def sent(content, name="photo.jpg"):
    return ContentFile(content, name)


def phone_photo(orientation=6):
    """What a phone sends: place, time, maker, orientation, comment, XMP, profile."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "HUAWEI"
    exif[0x9003] = "2026:03:01 09:30:00"
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (26.0, 34.0, 59.0), 3: "E", 4: (106.0, 42.0, 0.0)}
    )
    return saved(
        photo(),
        exif=exif,
        comment=b"SECRET-COMMENT",
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET-XMP</x:xmpmeta>",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
        quality=90,
    )


def png_claiming(width, height):
    """A PNG of a few bytes that says it has this many pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data))
            + kind
            + data
            + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
