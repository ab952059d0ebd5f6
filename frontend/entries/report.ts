/** The page where people report: one step at a time, hints while typing, an id that makes a repeat harmless. */

import { all } from "../parts/dom";
import { live } from "../parts/live";

live();

function steps(form: HTMLFormElement): void {
  const parts = all<HTMLFieldSetElement>("[data-step]", form);
  const nav = form.querySelector<HTMLElement>("[data-step-nav]");
  const send = form.querySelector<HTMLElement>("[data-send]");
  const next = form.querySelector<HTMLButtonElement>("[data-next]");
  const back = form.querySelector<HTMLButtonElement>("[data-back]");
  const last = parts.length - 1;
  if (!nav || !send || !next || !back || last < 1) return;
  let at = 0;

  const show = (step: number, moved: boolean): void => {
    at = Math.max(0, Math.min(step, last));
    parts.forEach((part, place) => (part.hidden = place !== at));
    nav.hidden = false;
    next.hidden = at === last;
    back.hidden = at === 0;
    send.hidden = at !== last;
    const part = parts[at];
    if (!moved || !part) return;
    const legend = part.querySelector<HTMLElement>("legend");
    if (legend) {
      legend.tabIndex = -1;
      legend.focus({ preventScroll: true });
    }
    part.scrollIntoView({ block: "start" });
  };
  const fits = (): boolean => {
    for (const control of all<HTMLInputElement>("input, textarea, select", parts[at]))
      if (!control.reportValidity()) return false;
    return true;
  };
  const holding = (element: Element | null): number =>
    parts.findIndex((part) => element !== null && part.contains(element));

  next.addEventListener("click", () => {
    if (fits()) show(at + 1, true);
  });
  back.addEventListener("click", () => show(at - 1, true));
  // Enter in a line goes on instead of sending half a report.
  form.addEventListener(
    "keydown",
    (event) => {
      const { target } = event;
      if (event.key !== "Enter" || event.isComposing) return;
      if (!(target instanceof HTMLInputElement) || target.type === "submit") return;
      if (["checkbox", "radio", "file", "button"].includes(target.type)) return;
      event.preventDefault();
      if (target.name === "place_query") target.dispatchEvent(new Event("input"));
      else if (at < last) next.click();
    },
    { capture: true },
  );
  form.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>(
      "a[href^='#']",
    );
    const place = holding(link ? document.querySelector(link.hash) : null);
    if (place >= 0) show(place, false);
  });

  const wrong = holding(form.querySelector("[data-step] [data-invalid]"));
  const found = holding(form.querySelector("[data-step] .places"));
  if (wrong >= 0) show(wrong, false);
  else if (form.querySelector("[data-first]")) show(last, false);
  else if (found >= 0) show(found, false);
  else show(0, false);
}

for (const form of all<HTMLFormElement>("form[data-report]")) steps(form);

// On a slow phone people type before this script is there, and a kept draft comes back
// by itself: look at what stands there already, once htmx listens.
function lookAtOnce(): void {
  for (const text of all<HTMLTextAreaElement>("form[data-report] textarea"))
    if (text.value) text.dispatchEvent(new Event("change", { bubbles: true }));
}
if (document.readyState === "complete") lookAtOnce();
else window.addEventListener("load", lookAtOnce);

// The list follows the typing, so the button for it is for pages without scripts.
for (const button of all<HTMLButtonElement>("[data-find]")) button.hidden = true;
