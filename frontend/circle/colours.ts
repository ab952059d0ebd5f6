/** The page's own colours, for what is drawn on a canvas; they change with the theme. */

const NAMES = [
  "ground",
  "sheet",
  "wash",
  "ink",
  "ink-soft",
  "line",
  "line-strong",
  "accent",
  "accent-deep",
  "accent-wash",
  "on-accent",
  "warn",
  "warn-wash",
  "info",
  "info-wash",
] as const;

export type Colours = Record<(typeof NAMES)[number], string>;

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Colours;
}

/** Calls back when the system turns light or dark; a choice on the page loads it anew. */
export function onTheme(changed: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
