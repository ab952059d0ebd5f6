/** The desk by keyboard: j k move, x picks, Enter opens, / searches, ? explains. */

import { all, onArrival } from "./dom";

const SWITCH = "desk-keys";

function rows(): HTMLElement[] {
  return all<HTMLElement>("[data-rows] [data-row]").filter(
    (row) => row.offsetParent !== null,
  );
}

function current(): HTMLElement | null {
  return (
    document.activeElement?.closest<HTMLElement>("[data-row]") ??
    document.querySelector<HTMLElement>("[data-row].current")
  );
}

function move(by: number): void {
  const list = rows();
  const here = current();
  const from = here ? list.indexOf(here) : by > 0 ? -1 : list.length;
  const next = list[Math.min(list.length - 1, Math.max(0, from + by))];
  if (!next) return;
  next.querySelector<HTMLElement>("[data-open]")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function pick(): void {
  current()?.querySelector<HTMLInputElement>("[data-pick]")?.click();
}

function help(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#keys");
  if (dialog && !dialog.open) dialog.showModal();
}

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target.isContentEditable || target.matches("textarea, select");
}

const ACTIONS: Record<string, () => void> = {
  j: () => move(1),
  k: () => move(-1),
  x: pick,
  "/": () =>
    document.querySelector<HTMLElement>("[data-search], input[type=search]")?.focus(),
  "?": help,
};

export function keys(): void {
  const enabled = (): boolean => localStorage.getItem(SWITCH) !== "off";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const action = ACTIONS[event.key];
    if (!action || (event.key !== "?" && !enabled())) return;
    event.preventDefault();
    action();
  });
  document.addEventListener("focusin", (event) => {
    const here = (event.target as Element).closest("[data-row]");
    if (!here) return;
    for (const row of all(".current[data-row]"))
      if (row !== here) row.classList.remove("current");
    here.classList.add("current");
  });
  onArrival<HTMLInputElement>("[data-keys-switch]", (box) => {
    box.checked = enabled();
    box.addEventListener("change", () =>
      localStorage.setItem(SWITCH, box.checked ? "on" : "off"),
    );
  });
  onArrival<HTMLElement>("[data-keys-help]", (button) => {
    button.hidden = false;
    button.addEventListener("click", help);
  });
}

/** The bar of bulk actions shows itself while something is picked, and says how many. */
export function selection(): void {
  const tell = (): void => {
    const boxes = all<HTMLInputElement>("[data-pick]");
    const picked = boxes.filter((box) => box.checked).length;
    for (const bar of all<HTMLElement>("[data-selection]")) bar.hidden = picked === 0;
    for (const place of all("[data-selected-count]"))
      place.textContent = String(picked);
    for (const whole of all<HTMLInputElement>("[data-pick-all]")) {
      whole.checked = picked > 0 && picked === boxes.length;
      whole.indeterminate = picked > 0 && picked < boxes.length;
    }
  };
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    if ("pickAll" in box.dataset)
      for (const each of all<HTMLInputElement>("[data-pick]"))
        each.checked = box.checked;
    if ("pickAll" in box.dataset || "pick" in box.dataset) tell();
  });
  document.addEventListener("htmx:afterSettle", tell);
  window.addEventListener("pageshow", tell);
}
