/** Small words for the page: find, make, say. */

export function all<T extends Element>(
  selector: string,
  within: ParentNode = document,
): T[] {
  return Array.from(within.querySelectorAll<T>(selector));
}

/** Makes an element with text; never parses markup, so nothing typed by anyone can become any. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  text = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** Draws one of the page's own icons; for eyes only. */
export function icon(name: string): SVGElement {
  const sprite = document
    .querySelector<SVGUseElement>(".brand-mark use")
    ?.getAttribute("href");
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", (sprite ?? "").replace(/#.*$/, `#${name}`));
  drawn.append(use);
  return drawn;
}

/** Shows a notice where the page shows its messages; screen readers hear it. */
export function say(
  text: string,
  kind: "info" | "good" | "warn" | "urgent" = "info",
): HTMLElement {
  const box = make("div", "notice");
  box.dataset.kind = kind;
  const name = kind === "good" ? "check" : kind === "info" ? "info" : "alert";
  const words = make("div");
  words.append(make("p", "", text));
  box.append(icon(name), words);
  document.getElementById("notices")?.append(box);
  return box;
}

/** Tells 820 KB or 3.4 MB. */
export function fileSize(octets: number): string {
  if (octets < 1024 * 1024) return `${Math.max(1, Math.round(octets / 1024))} KB`;
  return `${(octets / 1024 / 1024).toFixed(1)} MB`;
}

/** Runs a start-up for every matching element, now and in what htmx brings later. */
export function onArrival<T extends HTMLElement>(
  selector: string,
  start: (element: T) => void,
): void {
  const seen = new WeakSet<T>();
  const look = (root: ParentNode): void => {
    const found = all<T>(selector, root);
    if (root instanceof HTMLElement && root.matches(selector))
      found.push(root as unknown as T);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      start(element);
    }
  };
  look(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target instanceof HTMLElement) look(event.target);
  });
}
