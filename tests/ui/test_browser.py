"""The gallery and the scripts in a real browser."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests import looking

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("with_sheet"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_every_part_is_accessible_and_fits(request, settings, size, language, theme):
    settings.DEBUG = True
    page: Page = request.getfixturevalue(size)
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto("/health")
    page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": page.url}]
    )
    page.goto("/design")
    page.locator("#map .map-canvas").scroll_into_view_if_needed()
    page.locator(".map-mark").first.wait_for()
    looking.check(page)


def test_targets_are_large_enough_for_a_thumb(phone, settings):
    settings.DEBUG = True
    phone.goto("/design")
    small = phone.evaluate(
        """() => [...document.querySelectorAll(
            '.button, .control, .choice, .tab-bar a, .tabs a, .emergency a, .switch button'
        )].map(e => [e.className, e.getBoundingClientRect()])
          .filter(([, box]) => box.height > 0 && box.height < 43.9)
          .map(([name, box]) => `${name} ${box.height}`)"""
    )
    assert small == []


def test_what_was_typed_comes_back_until_it_is_accepted(phone):
    phone.goto("/")
    phone.fill("#words", "路灯坏了")
    phone.fill("#secret", "不该留下")
    phone.wait_for_timeout(600)
    phone.goto("/health")
    phone.goto("/")
    assert phone.input_value("#words") == "路灯坏了"
    assert phone.input_value("#secret") == ""
    assert "找回了" in phone.inner_text("#notices")
    phone.goto("/?ok=1")
    phone.goto("/")
    # The page with the mark clears the draft, then leaving it saves its empty form.
    assert phone.input_value("#words") == ""


def picture(width: int, height: int) -> bytes:
    out = BytesIO()
    image = Image.effect_noise((width, height), 90).convert("RGB")
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def test_photographs_are_made_smaller_shown_and_removable(desktop):
    big = picture(3000, 2000)
    desktop.goto("/")
    desktop.set_input_files(
        "#photos",
        [
            {"name": "灯.jpeg", "mimeType": "image/jpeg", "buffer": big},
            {"name": "账.xlsx", "mimeType": "application/zip", "buffer": b"PK"},
            {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": picture(300, 200)},
        ],
    )
    desktop.locator(".photo-list li").nth(1).wait_for()
    assert "账.xlsx：不是照片" in desktop.inner_text(".photo-field")
    desktop.locator(".photo-list button").nth(1).click()
    assert desktop.locator(".photo-list li").count() == 1
    sizes = desktop.evaluate(
        """async () => {
            const file = document.querySelector('#photos').files[0];
            const bitmap = await createImageBitmap(file);
            return [document.querySelector('#photos').files.length,
                    bitmap.width, bitmap.height, file.size];
        }"""
    )
    assert sizes[:3] == [1, 2048, 1365]
    assert sizes[3] < len(big)
    desktop.click("text=提交")
    desktop.locator(".sent").wait_for()
    assert desktop.inner_text(".sent").startswith("灯.jpg")


def test_a_place_can_be_chosen_by_keyboard_alone(desktop):
    desktop.goto("/")
    canvas = desktop.locator("[data-map=pick] .map-canvas.leaflet-container")
    canvas.scroll_into_view_if_needed()
    canvas.wait_for()
    canvas.focus()
    desktop.keyboard.press("Enter")
    said = desktop.locator("[data-map=pick] [data-said]")
    # The middle of the map lies in the hole of the area.
    assert "不在我们负责的范围内" in said.inner_text()
    first = float(desktop.input_value("#lon"))
    assert 106.69 < first < 106.71
    for _ in range(2):
        desktop.keyboard.press("Shift+ArrowRight")
    desktop.keyboard.press("Enter")
    assert float(desktop.input_value("#lon")) > first
    assert said.inner_text() == "地点已选好"
    for _ in range(40):
        desktop.keyboard.press("Shift+ArrowUp")
    desktop.keyboard.press("Enter")
    assert float(desktop.input_value("#lat")) > 26.7
    assert "不在我们负责的范围内" in said.inner_text()


def test_near_points_are_gathered_and_words_stay_words(desktop):
    desktop.goto("/")
    figure = desktop.locator("[data-map=points]")
    figure.scroll_into_view_if_needed()
    many = figure.locator(".map-mark.many")
    many.wait_for()
    assert many.inner_text() == "2"
    assert many.get_attribute("aria-label") == "2 件"
    for _ in range(8):
        if figure.locator(".leaflet-popup").count():
            break
        figure.locator(".map-mark").first.press("Enter")
        desktop.wait_for_timeout(500)
    popup = figure.locator(".map-popup")
    assert "<b>甲</b>" in popup.inner_text()
    assert popup.locator("a").count() == 0


def test_the_desk_is_worked_by_keyboard(desktop):
    desktop.goto("/")
    desktop.keyboard.press("j")
    desktop.keyboard.press("j")
    desktop.keyboard.press("x")
    assert desktop.locator("[data-pick]").nth(1).is_checked()
    assert desktop.inner_text("[data-selection]") == "已选 1"
    desktop.keyboard.press("k")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/#a")
    desktop.focus("#words")
    desktop.keyboard.type("jjx")
    assert desktop.input_value("#words") == "jjx"


def test_everything_is_there_without_javascript(phone_without_javascript):
    page = phone_without_javascript
    page.goto("/")
    page.fill("#words", "路灯")
    assert page.locator("#photos").is_visible()
    page.click("text=提交")
    page.click("text=大字")
    assert page.locator("html").get_attribute("data-type") == "large"
