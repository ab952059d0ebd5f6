import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.uploads.pictures import phone_photo, photo, png_claiming, saved
from wugeyi.uploads.errors import NotAPicture, PictureError, TooLarge
from wugeyi.uploads.pictures import rewrite


def again(content):
    picture = rewrite(io.BytesIO(content), len(content))
    return picture, Image.open(io.BytesIO(picture.jpeg))


def test_a_phones_photo_loses_place_time_maker_comment_and_profile():
    content = phone_photo()
    for secret in (b"HUAWEI", b"SECRET-COMMENT", b"SECRET-XMP", b"2026:03:01"):
        assert secret in content
    picture, image = again(content)
    for made in (picture.jpeg, picture.thumb):
        for secret in (
            b"HUAWEI",
            b"SECRET",
            b"2026:03",
            b"Exif",
            b"ICC_PROFILE",
            b"http://",
        ):
            assert secret not in made
    assert set(image.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert not image.getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation):
    # Marks in the corners of the sensor's picture: red where the upright top left is.
    upright = Image.new("RGB", (320, 240), "white")
    upright.paste((255, 0, 0), (0, 0, 80, 60))
    upright.paste((0, 0, 255), (240, 180, 320, 240))
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(orientation)
    sensor = upright.transpose(turn) if turn is not None else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture, image = again(saved(sensor, exif=exif))
    assert (picture.width, picture.height) == image.size == (320, 240)
    red, blue = image.getpixel((20, 20)), image.getpixel((300, 220))
    assert red[0] > 200 > 80 > red[2]
    assert blue[2] > 200 > 80 > blue[0]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"),
     ("PNG", "1"), ("PNG", "LA"), ("PNG", "I;16"), ("WEBP", "RGBA"), ("GIF", "P"), ("AVIF", "RGB")],
)  # fmt: skip
def test_every_kind_becomes_a_plain_jpeg(kind, mode):
    source = photo()
    if mode == "I;16":
        source = Image.new("I;16", (640, 480), 32_768)
    else:
        source = source.convert(mode)
    _, image = again(saved(source, kind))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (640, 480))
    if mode == "I;16":
        assert abs(image.getpixel((5, 5))[0] - 128) < 4


def test_what_is_transparent_becomes_white():
    _, image = again(saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert min(image.getpixel((25, 25))) > 250


def test_a_broken_colour_profile_costs_the_shade_not_the_picture():
    _, image = again(saved(photo(), icc_profile=b"broken" * 30))
    assert image.size == (640, 480)


def test_a_large_photo_is_made_smaller_and_keeps_its_proportions():
    picture, image = again(saved(photo(6000, 4000)))
    assert image.size == (2560, 1707)
    small = Image.open(io.BytesIO(picture.thumb))
    assert small.size == (480, 320)
    assert len(picture.jpeg) < 2_000_000


def test_a_small_picture_is_not_blown_up():
    assert again(saved(photo(100, 30)))[1].size == (100, 30)


def test_a_strip_one_pixel_high_survives():
    picture, image = again(saved(photo(9000, 1), "PNG"))
    assert image.size == (2560, 1)
    assert Image.open(io.BytesIO(picture.thumb)).size == (480, 1)


def test_of_an_animation_the_first_picture_is_kept():
    frames = [photo(seed=seed).convert("P") for seed in (1, 2)]
    _, image = again(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    first = frames[0].convert("RGB").getpixel((300, 200))
    assert all(
        abs(a - b) < 40 for a, b in zip(image.getpixel((300, 200)), first, strict=True)
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b"hello, this is text", "不是能打开的照片"),
        (SVG, "不是能打开的照片"),
        (b"%PDF-1.7\n" + b"x" * 500, "不是能打开的照片"),
        (b"BM" + b"\0" * 100, "不是能打开的照片"),
        (HEIC, "HEIC"),
        (saved(photo())[:4000], "不完整"),
        (saved(photo(), "PNG")[:5000], "不完整"),
        (saved(photo())[:20], "不是能打开的照片"),
    ],
    ids=[
        "empty",
        "text",
        "svg",
        "pdf",
        "bmp",
        "heic",
        "half a jpeg",
        "half a png",
        "a jpeg's head",
    ],
)
def test_what_is_no_picture_is_refused_with_advice(content, says):
    with pytest.raises(NotAPicture, match=says) as told:
        rewrite(io.BytesIO(content), len(content))
    assert "发" in str(told.value) or "选" in str(told.value)


@pytest.mark.parametrize("side", [10_000, 20_000, 60_000])
def test_a_bomb_is_refused_before_it_is_unpacked(side):
    content = png_claiming(side, side)
    assert len(content) < 1000
    with pytest.raises(TooLarge, match="6400 万像素"):
        rewrite(io.BytesIO(content), len(content))


def test_too_many_bytes_are_refused_unread():
    class Unread(io.BytesIO):
        def read(self, *args):
            raise AssertionError

    with pytest.raises(TooLarge, match="25 MB"):
        rewrite(Unread(), 40 * 2**20)


GOOD = saved(photo(64, 48)), saved(photo(64, 48), "PNG"), saved(photo(64, 48), "WEBP")


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(GOOD),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=8),
    st.integers(0, 5000),
)
def test_damaged_files_are_refused_or_read_but_never_crash(content, damage, cut):
    broken = bytearray(content)
    for where, value in damage:
        broken[where % len(broken)] = value
    broken = bytes(broken[: cut or None])
    try:
        picture = rewrite(io.BytesIO(broken), len(broken))
    except PictureError:
        return
    assert Image.open(io.BytesIO(picture.jpeg)).format == "JPEG"
