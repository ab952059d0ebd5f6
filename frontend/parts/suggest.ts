/** Offers units while one types: <input data-suggest="/address">. Without it the form asks back. */

import { make, onArrival } from "./dom";

interface Unit {
  value: string;
  label: string;
}

const PAUSE_MS = 200;

export function suggest(): void {
  onArrival<HTMLInputElement>("input[data-suggest]", (input) => {
    const list = make("datalist");
    list.id = `${input.id || input.name}-units`;
    input.after(list);
    input.setAttribute("list", list.id);
    let timer = 0;
    let asked = "";
    const ask = async (): Promise<void> => {
      const words = input.value.trim();
      if (words.length < 1 || words === asked) return;
      asked = words;
      const answer = await fetch(
        `${input.dataset.suggest}?q=${encodeURIComponent(words)}`,
        { headers: { Accept: "application/json" } },
      ).catch(() => null);
      if (!answer?.ok || input.value.trim() !== words) return;
      const { units } = (await answer.json()) as { units: Unit[] };
      list.replaceChildren(
        ...units.map(({ value, label }) => {
          const option = document.createElement("option");
          option.value = value;
          option.label = label;
          return option;
        }),
      );
    };
    input.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void ask(), PAUSE_MS);
    });
  });
}
