"""Every text and its ground, and every edge one must see, by WCAG 2.2 (1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = (
    Path(__file__).parents[2].joinpath("frontend/styles/tokens.css").read_text("utf-8")
)
BLOCK = re.compile(r"(:root[^{]*)\{([^{}]*--ground[^{}]*)\}")
COLOUR = re.compile(r"--([a-z-]+):\s*#([0-9a-f]{6});")

TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-soft")
        for ground in ("ground", "sheet", "wash")
    ),
    *(("accent", ground) for ground in ("ground", "sheet", "wash", "accent-wash")),
    *(("accent-deep", ground) for ground in ("ground", "sheet", "wash")),
    *(("urgent", ground) for ground in ("ground", "sheet", "urgent-wash")),
    *(("warn", ground) for ground in ("sheet", "warn-wash")),
    ("ink", "accent-wash"),
    ("ink-soft", "accent-wash"),
    ("ink", "urgent-wash"),
    ("ink", "warn-wash"),
    ("info", "sheet"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-urgent", "urgent"),
    ("on-urgent", "urgent-deep"),
    ("ground", "ink"),
]
EDGES = [
    *(("line-strong", ground) for ground in ("ground", "sheet", "wash")),
    *(("focus", ground) for ground in ("ground", "sheet", "wash", "accent-wash")),
    *((sign, "sheet") for sign in ("info", "accent", "warn", "urgent")),
]


def palettes() -> list[tuple[str, dict[str, str]]]:
    return [
        (selector.strip(), dict(COLOUR.findall(body)))
        for selector, body in BLOCK.findall(CSS)
    ]


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_published_values():
    assert contrast("ffffff", "000000") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)


def test_there_are_six_palettes_and_those_for_the_dark_are_pairs():
    found = palettes()
    assert [selector for selector, _ in found] == [
        ":root",
        ':root:not([data-theme="light"])',
        ':root[data-theme="dark"]',
        ':root[data-contrast="high"]',
        ':root[data-contrast="high"]:not([data-theme="light"])',
        ':root[data-contrast="high"][data-theme="dark"]',
    ]
    light, dark, chosen, high, high_dark, high_chosen = (each for _, each in found)
    assert dark == chosen
    assert high_dark == high_chosen
    assert light.keys() == dark.keys() == high.keys() == high_dark.keys()


# Usual and high contrast: WCAG AA and AAA for text (1.4.6); edges half as much again.
DEMANDS = [(0, 4.5, 3), (1, 4.5, 3), (3, 7, 4.5), (4, 7, 4.5)]


@pytest.mark.parametrize(("place", "least", "_edge"), DEMANDS)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable(place, least, _edge, text, ground):
    colours = palettes()[place][1]
    assert contrast(colours[text], colours[ground]) >= least


@pytest.mark.parametrize(("place", "_text", "least"), DEMANDS)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_are_seen(place, _text, least, edge, ground):
    colours = palettes()[place][1]
    assert contrast(colours[edge], colours[ground]) >= least


def test_no_colour_is_written_outside_the_tokens():
    folder = Path(__file__).parents[2] / "frontend/styles"
    for path in folder.glob("*.css"):
        if path.name in {"tokens.css", "print.css"}:
            continue
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", path.read_text())
