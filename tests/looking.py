"""What every page must be in a browser: whole, readable aloud, no wider than the screen."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page


def settled(page: Page) -> None:
    """Wait for the page a click has opened: until then it has no body to look at."""
    page.wait_for_load_state("load")


CONTRAST = "color-contrast"
# Where a page was asked before and only its words, or only its colours, are others, the
# other part is asked.
ALL = ("rules", "contrast")
ALL_BUT_CONTRAST = ("rules",)
ONLY_CONTRAST = ("contrast",)
# Where what stands around a page was asked on another.
INSIDE_BUT_CONTRAST = ("rules", "inside")

# Two thirds of axe's time would go into contrast, and most words stand in the colours
# and the size that it has passed on another page: what passed is not asked again.
PASSED: set[str] = set()

ASK = """async ([asked, passed, contrast]) => {
  const told = (result) => result.violations.flatMap((each) =>
    each.nodes.map((node) => [each.id, String(node.target), node.failureSummary]));
  const wrong = [];
  if (asked.includes('rules')) {
    const rules = { [contrast]: { enabled: false } };
    const where = asked.includes('inside') ? document.querySelector('main') : document;
    wrong.push(...told(await axe.run(where, { resultTypes: ['violations'], rules })));
  }
  if (!asked.includes('contrast')) return [wrong, []];

  // All that contrast follows from: what shines through behind the words, and they.
  const grounds = new Map();
  const ground = (element) => {
    if (!element) return [];
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const { backgroundColor: colour, backgroundImage: image } = style;
      const own = [colour, image, style.opacity, style.filter, style.mixBlendMode];
      const solid = colour.startsWith('rgb(') && image === 'none';
      const behind = ground(element.parentElement);
      const seen = solid ? behind.filter((layer) => layer[2] !== '1') : behind;
      const nothing = colour === 'rgba(0, 0, 0, 0)' && image === 'none';
      const plain = nothing && own.slice(2).join() === '1,none,normal';
      grounds.set(element, plain ? seen : [...seen, own]);
    }
    return grounds.get(element);
  };
  const look = (element) => {
    const style = getComputedStyle(element);
    return JSON.stringify([
      ground(element), style.color, style.fontSize, style.fontWeight, style.textShadow,
      style.position, element.localName, String(element.getAttribute('class')),
      element.matches(':disabled, [aria-disabled=true]'),
    ]);
  };
  const known = new Set(passed);
  const words = (element) => element.matches('input, select, textarea') ||
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const looks = new Map();
  for (const element of document.body.querySelectorAll('*')) {
    if (!words(element)) continue;
    const own = look(element);
    if (!known.has(own)) looks.set(element, own);
  }
  if (!looks.size) return [wrong, []];
  const result = await axe.run({ include: [...looks.keys()] }, {
    runOnly: { type: 'rule', values: [contrast] }, elementRef: true,
  });
  wrong.push(...told(result));
  const well = result.passes.flatMap((each) => each.nodes.map((node) => node.element));
  return [wrong, [...new Set(well.map((element) => looks.get(element)))].filter(Boolean)];
}"""


def violations(page: Page, asked: tuple[str, ...] = ALL) -> list[str]:
    settled(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    wrong, passed = page.evaluate(ASK, [asked, list(PASSED), CONTRAST])
    if not wrong:
        PASSED.update(passed)
    return [f"{page.url} {rule}: {target} {why}" for rule, target, why in wrong]


def overhang(page: Page) -> int:
    """How many CSS pixels the page is wider than its window."""
    settled(page)
    # A phone that zooms out to fit reports a wider window, so that is not asked.
    wide = page.evaluate("document.documentElement.scrollWidth")
    return max(0, wide - page.viewport_size["width"])


def check(page: Page) -> None:
    """Nothing axe can find is wrong, and nothing sticks out."""
    assert violations(page) == []
    assert overhang(page) == 0, f"{page.url} is {overhang(page)} px too wide"


WIDE, NARROW = 1440, 360


def both_widths(page: Page) -> None:
    """The same on a phone and a desk; contrast is asked once, colours are the same."""
    check(page)
    here = page.viewport_size
    other = NARROW if here["width"] == WIDE else WIDE
    page.set_viewport_size({"width": other, "height": here["height"]})
    assert violations(page, ALL_BUT_CONTRAST) == []
    assert overhang(page) == 0, f"{page.url} is too wide at {other} px"
    page.set_viewport_size(here)
