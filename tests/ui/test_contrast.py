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


def test_there_are_three_palettes_and_both_dark_ones_are_one():
    found = palettes()
    assert [selector for selector, _ in found] == [
        ":root",
        ':root:not([data-theme="light"])',
        ':root[data-theme="dark"]',
    ]
    light, dark, chosen = (colours for _, colours in found)
    assert dark == chosen
    assert light.keys() == dark.keys()


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable(place, text, ground):
    colours = palettes()[place][1]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_are_seen(place, edge, ground):
    colours = palettes()[place][1]
    assert contrast(colours[edge], colours[ground]) >= 3


def test_no_colour_is_written_outside_the_tokens():
    folder = Path(__file__).parents[2] / "frontend/styles"
    for path in folder.glob("*.css"):
        if path.name in {"tokens.css", "print.css"}:
            continue
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", path.read_text())
