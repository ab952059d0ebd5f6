"""Rules that hold for every template of the product, whoever writes it."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "wugeyi").glob("*/templates/**/*.html"))
INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style block": r"<style\b",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "an hx-on attribute": r"\shx-on",
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)",
    "a javascript address": r"javascript:",
    "an asset of another site": r"(?:src|href)\s*=\s*[\"'](?:https?:)?//",
}
ICON = re.compile(r"{%\s*icon\s+[\"']([\w-]+)[\"']")
SPRITE = ET.parse(ROOT / "wugeyi/ui/static/ui/icons.svg")
ICONS = {symbol.get("id") for symbol in SPRITE.iter() if symbol.get("id")}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path):
    text = path.read_text("utf-8")
    found = [what for what, pattern in INLINE.items() if re.search(pattern, text)]
    assert not found


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a onclick="x()">',
        "<script>x()</script>",
        '<div hx-on:click="x">',
        '<a href="javascript:x()">',
        '<script src="https://example.org/x.js"></script>',
        '<link href="//example.org/x.css">',
    ],
)
def test_the_rule_above_finds_what_it_is_for(bad):
    assert any(re.search(pattern, bad) for pattern in INLINE.values())


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_template_compiles_and_every_icon_is_drawn(path):
    text = path.read_text("utf-8")
    get_template(path.as_posix().split("/templates/", 1)[1])
    assert set(ICON.findall(text)) <= ICONS


# Residents have no account, so a forged request could do nothing they could not do by
# hand; their pages keep no session and need no token.
WITH_ACCOUNT = [path for path in PAGES if "/public/" not in path.as_posix()]


@pytest.mark.parametrize("path", WITH_ACCOUNT, ids=name)
def test_a_post_form_carries_its_token(path):
    text = re.sub(r"{#.*?#}", "", path.read_text("utf-8"))
    for form in re.findall(r"<form\b.*?</form>", text, flags=re.DOTALL):
        if not re.search(r"method=[\"']post", form, flags=re.IGNORECASE):
            continue
        # The switches of appearance change nothing but the visitor's own view.
        if "appearance_url" in form:
            continue
        assert "{% csrf_token %}" in form
