/** Offers accounts and items while one types; arrows choose, Enter takes the first. */

import { make } from "../parts/dom";

interface Unit {
  value: string;
  label: string;
}

const PAUSE_MS = 120;

export class Finder {
  private readonly list = make("ul", "books-offers");
  private units: Unit[] = [];
  private at = -1;
  private timer = 0;
  private asked = "";

  constructor(
    private readonly input: HTMLInputElement,
    private readonly url: string,
  ) {
    // The plain list is for pages without scripts.
    input.removeAttribute("list");
    this.list.id = `${input.id}-offers`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    const label = input.labels?.[0]?.textContent ?? "";
    this.list.setAttribute("aria-label", label);
    input.after(this.list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(), PAUSE_MS);
    });
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
  }

  /** Takes what is marked, or the only one that is meant; waits for the answer if need be. */
  async settle(): Promise<void> {
    const words = this.input.value.trim();
    if (words === "" || words.includes(" ")) return this.close();
    if (this.asked !== words) {
      window.clearTimeout(this.timer);
      await this.ask();
    }
    const chosen = this.units[Math.max(0, this.at)];
    if (chosen && this.input.value.trim() === words) this.take(chosen);
    this.close();
  }

  private async ask(): Promise<void> {
    const words = this.input.value.trim();
    if (words === "") return this.close();
    this.asked = words;
    const kind = this.input.dataset.find ?? "account";
    const answer = await fetch(
      `${this.url}?kind=${kind}&q=${encodeURIComponent(words)}`,
      { headers: { Accept: "application/json" } },
    ).catch(() => null);
    if (!answer?.ok || this.input.value.trim() !== words) return;
    this.units = ((await answer.json()) as { units: Unit[] }).units;
    this.at = this.units.length > 0 ? 0 : -1;
    this.draw();
  }

  private draw(): void {
    this.list.replaceChildren(
      ...this.units.map((unit, place) => {
        const row = make("li", "books-offer", unit.value);
        row.id = `${this.list.id}-${place}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", String(place === this.at));
        if (!unit.value.endsWith(unit.label))
          row.append(make("span", "soft small", ` ${unit.label}`));
        // Before the field loses the keyboard.
        row.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          this.take(unit);
          this.close();
        });
        return row;
      }),
    );
    const open = this.units.length > 0 && document.activeElement === this.input;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.mark();
  }

  private mark(): void {
    Array.from(this.list.children).forEach((row, place) => {
      row.setAttribute("aria-selected", String(place === this.at));
      if (place === this.at) row.scrollIntoView({ block: "nearest" });
    });
    const marked = this.list.children[this.at];
    if (marked && !this.list.hidden)
      this.input.setAttribute("aria-activedescendant", marked.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.at = (this.at + step + this.units.length) % this.units.length;
      this.mark();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  private take(unit: Unit): void {
    this.input.value = unit.value;
    this.asked = unit.value;
    this.units = [];
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private close(): void {
    window.clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
