/** Fetches the map's script and style only when a map comes into sight. */

import { onArrival } from "./dom";

let asked = false;

function load(figure: HTMLElement): void {
  if (asked || !figure.dataset.mapScript) return;
  asked = true;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = figure.dataset.mapStyle ?? "";
  const script = document.createElement("script");
  script.type = "module";
  script.src = figure.dataset.mapScript;
  script.addEventListener("error", () => {
    const canvas = figure.querySelector("[data-canvas]");
    if (canvas) canvas.textContent = figure.dataset.textFailed ?? "";
  });
  document.head.append(style, script);
}

export function maps(): void {
  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        watch.unobserve(entry.target);
        load(entry.target as HTMLElement);
      }
    },
    { rootMargin: "200px" },
  );
  onArrival<HTMLElement>("[data-map]", (figure) => watch.observe(figure));
}
