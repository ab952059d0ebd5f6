/** Forms that lose nothing: sent once, watched, counted, kept until accepted. */

import { all, make, onArrival, say } from "./dom";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const PATIENCE_MS = 15_000;

/** A second press while the first is on its way is ignored. */
export function sendOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (event.defaultPrevented) return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    form.dataset.sending = "1";
    window.setTimeout(() => delete form.dataset.sending, PATIENCE_MS);
  });
  window.addEventListener("pageshow", () => {
    for (const form of all<HTMLFormElement>("form[data-sending]"))
      delete form.dataset.sending;
  });
}

/** After a refused form the summary of what is wrong is read first. */
export function focusErrors(): void {
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}

/** Shows how much of a text's room is used, once it is getting full. */
export function countCharacters(): void {
  onArrival<HTMLTextAreaElement>("textarea[data-count][maxlength]", (area) => {
    const room = area.maxLength;
    const counter = make("span", "counter");
    counter.setAttribute("aria-live", "polite");
    area.after(counter);
    const show = (): void => {
      const used = area.value.length;
      counter.hidden = used < room * 0.8;
      counter.textContent = `${used} / ${room}`;
      counter.toggleAttribute("data-over", used >= room);
    };
    area.addEventListener("input", show);
    show();
  });
}

/** Asks before leaving a form marked data-unsaved with changes in it. */
export function warnUnsaved(): void {
  const changed = new Set<HTMLFormElement>();
  onArrival<HTMLFormElement>("form[data-unsaved]", (form) => {
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
  });
  window.addEventListener("beforeunload", (event) => {
    if (Array.from(changed).some((form) => form.isConnected)) event.preventDefault();
  });
}

function kept(form: HTMLFormElement): Control[] {
  return Array.from(form.elements).filter((element): element is Control => {
    if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement)
      return element.name !== "" && !("noSave" in element.dataset);
    if (!(element instanceof HTMLInputElement) || element.name === "") return false;
    return (
      !["hidden", "password", "file", "submit", "button"].includes(element.type) &&
      !("noSave" in element.dataset)
    );
  });
}

function read(control: Control): string | undefined {
  if (
    control instanceof HTMLInputElement &&
    ["checkbox", "radio"].includes(control.type)
  )
    return control.checked ? control.value : undefined;
  return control.value;
}

/** Puts a kept value back only where the server sent none. */
function putBack(control: Control, values: string[]): boolean {
  if (
    control instanceof HTMLInputElement &&
    ["checkbox", "radio"].includes(control.type)
  ) {
    if (!values.includes(control.value) || control.checked) return false;
    const group = control.form?.elements.namedItem(control.name);
    if (group instanceof RadioNodeList && group.value !== "") return false;
    control.checked = true;
    return true;
  }
  const value = values[0];
  if (value === undefined || value === "" || control.value !== "") return false;
  control.value = value;
  return true;
}

function draft(key: string): Record<string, string[]> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "{}") as Record<string, string[]>;
  } catch {
    return {};
  }
}

/**
 * Keeps what is typed into <form data-autosave="KEY"> until a later page carries
 * data-accepted="KEY". It stays in this tab's own storage: phones are shared.
 */
export function autosave(): void {
  for (const accepted of all<HTMLElement>("[data-accepted]"))
    sessionStorage.removeItem(`draft:${accepted.dataset.accepted}`);
  onArrival<HTMLFormElement>("form[data-autosave]", (form) => {
    const key = `draft:${form.dataset.autosave}`;
    const saved = draft(key);
    const restored = kept(form).filter((control) =>
      putBack(control, saved[control.name] ?? []),
    );
    if (restored.length > 0 && form.dataset.restored) {
      say(form.dataset.restored, "good");
      for (const control of restored)
        control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    let timer = 0;
    const save = (): void => {
      const values: Record<string, string[]> = {};
      for (const control of kept(form)) {
        const value = read(control);
        if (value !== undefined && value !== "")
          (values[control.name] ??= []).push(value);
      }
      try {
        sessionStorage.setItem(key, JSON.stringify(values));
      } catch {
        // A full or forbidden store must not stop anyone from writing.
      }
    };
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, 400);
    });
    form.addEventListener("submit", save);
    window.addEventListener("pagehide", save);
  });
}
