/**
 * Rows of a voucher by keyboard: Enter moves on and begins a new row after the last,
 * "=" fills what is missing, the difference is shown while one types.
 */

import { all } from "../parts/dom";
import { Finder } from "./find";
import { readFen, showFen, writeFen } from "./money";

const finders = new WeakMap<HTMLInputElement, Finder>();

export function enter(form: HTMLFormElement): void {
  const grid = form.querySelector<HTMLElement>("[data-lines]");
  const template = form.querySelector<HTMLTemplateElement>("[data-line-template]");
  if (!grid || !template) return;
  const rows = (): HTMLElement[] => all<HTMLElement>("[data-line]", grid);
  const cell = (row: HTMLElement, name: string): HTMLInputElement | null =>
    row.querySelector<HTMLInputElement>(`[data-cell=${name}] input`);

  const start = (row: HTMLElement): void => {
    for (const input of all<HTMLInputElement>("input[data-find]", row))
      finders.set(input, new Finder(input, form.dataset.searchUrl ?? ""));
  };

  const add = (): HTMLElement | null => {
    const number = rows().length;
    const made = template.content.cloneNode(true) as DocumentFragment;
    const row = made.querySelector<HTMLElement>("[data-line]");
    if (!row || number >= 200) return null;
    for (const part of [row, ...all<HTMLElement>("*", row)])
      for (const attribute of Array.from(part.attributes))
        if (attribute.value.includes("__row__"))
          part.setAttribute(
            attribute.name,
            attribute.value.replaceAll("__row__", String(number)),
          );
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      walker.currentNode.textContent = (
        walker.currentNode.textContent ?? ""
      ).replaceAll("__number__", String(number + 1));
    grid.append(row);
    start(row);
    return row;
  };

  const sum = (name: string, besides?: HTMLInputElement): number | null => {
    let total = 0;
    for (const row of rows()) {
      const input = cell(row, name);
      if (!input || input === besides) continue;
      const fen = readFen(input.value);
      if (fen === null) return null;
      total += fen;
    }
    return total;
  };

  const tell = (): void => {
    const debit = sum("debit");
    const credit = sum("credit");
    const put = (selector: string, text: string): void => {
      const place = form.querySelector<HTMLElement>(selector);
      if (place) place.textContent = text;
    };
    put("[data-sum-debit]", debit === null ? "—" : showFen(debit));
    put("[data-sum-credit]", credit === null ? "—" : showFen(credit));
    const place = form.querySelector<HTMLElement>("[data-gap-text]");
    if (!place) return;
    place.classList.remove("books-even", "books-uneven");
    if (debit === null || credit === null || debit + credit === 0) {
      place.textContent = "";
    } else if (debit === credit) {
      place.textContent = form.dataset.even ?? "";
      place.classList.add("books-even");
    } else {
      const side = debit < credit ? form.dataset.debit : form.dataset.credit;
      place.textContent = `${form.dataset.gap ?? ""} ${side ?? ""} ${showFen(debit - credit)}`;
      place.classList.add("books-uneven");
    }
  };

  /** Writes into a cell what its side lacks. */
  const fill = (input: HTMLInputElement, name: "debit" | "credit"): void => {
    const here = sum(name, input);
    const there = sum(name === "debit" ? "credit" : "debit");
    if (here === null || there === null || there <= here) return;
    input.value = writeFen(there - here);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const stops = (): HTMLElement[] =>
    all<HTMLElement>("input, select, button, a[href], summary", form).filter(
      (each) =>
        each.offsetParent !== null &&
        each.tabIndex >= 0 &&
        !(each instanceof HTMLInputElement && each.type === "hidden"),
    );

  /** The next cell; past the last amount a row below, which begins anew if there is none. */
  const next = (input: HTMLInputElement): void => {
    const row = input.closest<HTMLElement>("[data-line]");
    const name = input.closest<HTMLElement>("[data-cell]")?.dataset.cell;
    if (!row || !name) {
      const list = stops();
      list[list.indexOf(input) + 1]?.focus();
      return;
    }
    const credit = cell(row, "credit");
    if (name === "summary") return void cell(row, "account")?.focus();
    if (name === "account") return void amountOf(row)?.focus();
    if (name === "debit" && !input.value.trim()) return void credit?.focus();
    if (name !== "debit" && name !== "credit") {
      const list = stops();
      list[list.indexOf(input) + 1]?.focus();
      return;
    }
    if (balanced() && input.value.trim() === "") return void sendButton()?.focus();
    const list = rows();
    const below = list[list.indexOf(row) + 1];
    if (balanced() && !(below && typed(below))) return void sendButton()?.focus();
    (below ?? add())?.querySelector<HTMLInputElement>("[data-cell] input")?.focus();
  };
  const typed = (row: HTMLElement): boolean =>
    all<HTMLInputElement>("input", row).some((each) => each.value.trim() !== "");
  const amountOf = (row: HTMLElement): HTMLInputElement | null => {
    const creditSide =
      row.dataset.side === "credit" || Boolean(cell(row, "credit")?.value);
    return cell(row, creditSide ? "credit" : "debit");
  };
  const balanced = (): boolean => {
    const debit = sum("debit");
    return debit !== null && debit > 0 && debit === sum("credit");
  };
  const sendButton = (): HTMLButtonElement | null =>
    form.querySelector<HTMLButtonElement>("button[name=submit]");

  /** An empty summary takes that of the row above, where it can be seen and changed. */
  const copySummary = (row: HTMLElement): void => {
    const input = cell(row, "summary");
    if (!input || input.value.trim()) return;
    const list = rows();
    const above = list[list.indexOf(row) - 1];
    input.value = (above && cell(above, "summary")?.value) || "";
  };

  form.addEventListener(
    "keydown",
    (event) => {
      const { target } = event;
      if (!(target instanceof HTMLInputElement) || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey) {
        if (event.key === "Enter") {
          event.preventDefault();
          form.requestSubmit(sendButton());
        }
        return;
      }
      const name = target.closest<HTMLElement>("[data-cell]")?.dataset.cell;
      if (event.key === "=" && (name === "debit" || name === "credit")) {
        event.preventDefault();
        fill(target, name);
      }
      if (event.key !== "Enter" || target.type === "file") return;
      event.preventDefault();
      const row = target.closest<HTMLElement>("[data-line]");
      if (row && name === "summary") copySummary(row);
      const finder = finders.get(target);
      if (!finder) return next(target);
      void finder.settle().then(() => {
        if (document.activeElement === target) next(target);
      });
    },
    { capture: true },
  );
  form.addEventListener("input", tell);
  form.querySelector("[data-add-line]")?.addEventListener("click", (event) => {
    event.preventDefault();
    add()?.querySelector<HTMLInputElement>("[data-cell] input")?.focus();
  });
  for (const row of rows()) start(row);
  tell();
  const wrong = form.querySelector("[data-focus]");
  const first = rows().find((row) => !typed(row) || row.dataset.side) ?? rows()[0];
  if (!wrong && first && window.matchMedia("(min-width: 45rem)").matches)
    (typed(first) ? amountOf(first) : cell(first, "summary"))?.focus();
}
