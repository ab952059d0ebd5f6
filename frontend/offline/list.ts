/** The page of the queue: what waits, what was taken, what was not and why. */

import { all as find, icon, make } from "../parts/dom";
import { changed, due, kick, onChange } from "./keeper";
import { claim } from "./send";
import { all, change, drop, type Entry, isOpen } from "./store";

type Words = DOMStringMap;
const MOST_DONE = 50;
const MOST_OPEN = 100;
const CALM_MS = 400;
const TONES: Record<Entry["state"], string> = {
  waiting: "waiting",
  attended: "working",
  refused: "urgent",
  "sign-in": "waiting",
  conflict: "answered",
  taken: "resolved",
};

export function list(page: HTMLElement): void {
  const words: Words = page.dataset;
  const open = page.querySelector<HTMLElement>("[data-list=open]");
  const done = page.querySelector<HTMLElement>("[data-list=done]");
  const signal = page.querySelector<HTMLElement>("[data-signal]");
  const now = page.querySelector<HTMLButtonElement>("[data-send-now]");
  const signIn = page.querySelector<HTMLElement>("[data-queue-sign-in]");
  if (!open || !done) return;
  const kinds = new Map(
    find<HTMLElement>("[data-kind-code]", page).map((each) => [
      each.dataset.kindCode ?? "",
      { label: each.textContent ?? "", url: each.dataset.kindUrl ?? "/" },
    ]),
  );
  const { lang } = document.documentElement;
  // Days before months, as on every other page.
  const moments = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });

  const told = (text: string | undefined, name: string, value: string): string =>
    (text ?? "").replace(`{${name}}`, value);
  const at = (when: number): string =>
    Number.isFinite(when) ? moments.format(when) : "—";

  const press = (
    text: string | undefined,
    look: string,
    work: () => Promise<unknown>,
  ): HTMLButtonElement => {
    const button = make("button", `button ${look} small`, text);
    button.type = "button";
    button.addEventListener("click", () => {
      button.disabled = true;
      void work().then(() => changed());
    });
    return button;
  };

  const remove = (entry: Entry): HTMLElement => {
    const quiet = entry.state === "taken" || entry.state === "conflict";
    if (quiet) return press(words.forget, "quiet", () => drop(entry.id));
    const ask = make("button", "button quiet small", words.delete);
    ask.type = "button";
    ask.addEventListener("click", () => {
      const sure = make("span", "queue-sure", words.sure);
      sure.setAttribute("role", "alert");
      const keepIt = press(words.keep, "secondary", async () => undefined);
      ask.replaceWith(
        sure,
        press(words.delete, "secondary", () => drop(entry.id)),
        keepIt,
      );
      keepIt.focus();
    });
    return ask;
  };

  const resend = (entry: Entry): Promise<unknown> =>
    change(entry.id, { state: "waiting", failures: 0, text: "", errors: {} }).then(
      kick,
    );

  const actions = (entry: Entry): HTMLElement[] => {
    const found: HTMLElement[] = [];
    const kind = kinds.get(entry.code);
    if (entry.state === "taken" && entry.url) {
      const see = make("a", "button secondary small", words.see);
      see.href = entry.url;
      found.push(see);
    }
    if (entry.state === "refused") {
      const mend = make("a", "button secondary small", words.mend);
      mend.href = `${kind?.url ?? entry.page}?queued=${entry.id}`;
      found.push(
        mend,
        press(words.resend, "quiet", () => resend(entry)),
      );
    }
    if (entry.state === "sign-in" && entry.claim)
      found.push(press(words.claim, "secondary", () => claim(entry.id).then(kick)));
    found.push(remove(entry));
    return found;
  };

  const row = (entry: Entry): HTMLLIElement => {
    const item = make("li", "queue-entry");
    item.dataset.state = entry.state;
    const head = make("p", "queue-head");
    const mark = make("span", "state");
    mark.append(
      icon(`state-${TONES[entry.state]}`),
      words[wordOf(entry.state)] ?? entry.state,
    );
    mark.dataset.tone = TONES[entry.state];
    head.append(make("strong", "", kinds.get(entry.code)?.label ?? entry.code), mark);
    item.append(head);
    const said = entry.fields.find(([, value]) => value.trim().length > 3)?.[1] ?? "";
    if (said) item.append(make("p", "queue-said", said.slice(0, 120)));
    const facts = [told(words.written, "at", at(Date.parse(entry.written)))];
    if (entry.state === "taken") facts.push(told(words.got, "at", at(entry.done)));
    if (entry.photos.length > 0)
      facts.push(told(words.photos, "n", String(entry.photos.length)));
    item.append(make("p", "small soft", facts.join(" · ")));
    const why = Object.values(entry.errors).flat();
    if (why.length === 0 && entry.text) why.push(entry.text);
    for (const text of [...why, ...entry.left])
      item.append(make("p", entry.state === "refused" ? "error" : "small", text));
    const go = make("p", "actions");
    go.append(...actions(entry));
    item.append(go);
    return item;
  };

  const waitText = (): string => {
    if (!navigator.onLine) return words.offline ?? "";
    const seconds = Math.ceil((due - Date.now()) / 1000);
    return due && seconds > 0
      ? told(words.next, "n", String(seconds))
      : (words.online ?? "");
  };

  const draw = async (): Promise<void> => {
    try {
      const rows = await all();
      const over = (each: Entry): boolean =>
        each.state === "taken" || each.state === "conflict";
      const left = rows.filter((each) => !over(each));
      const gone = rows.filter(over).sort((a, b) => b.done - a.done);
      open.replaceChildren(...left.slice(0, MOST_OPEN).map(row));
      if (left.length === 0)
        open.append(make("li", "soft", gone.length > 0 ? words.none : words.nothing));
      if (left.length > MOST_OPEN) {
        const more = String(left.length - MOST_OPEN);
        open.append(make("li", "soft", told(words.more, "n", more)));
      }
      done.replaceChildren(...gone.slice(0, MOST_DONE).map(row));
      if (now) now.hidden = !rows.some(isOpen);
      if (signIn)
        signIn.hidden = !rows.some((each) => each.state === "sign-in" && !each.claim);
      if (signal) signal.textContent = waitText();
    } catch {
      open.replaceChildren(make("li", "error", words.broken));
    }
  };
  let timer = 0;
  let drawing = Promise.resolve();
  /** At most every so often: a hundred answers a minute need no hundred drawings. */
  const soon = (): void => {
    if (timer) return;
    timer = window.setTimeout(() => {
      timer = 0;
      drawing = drawing.then(draw);
    }, CALM_MS);
  };

  now?.addEventListener("click", () => void kick());
  onChange(soon);
  window.addEventListener("online", soon);
  window.setInterval(() => {
    if (signal && signal.textContent !== waitText()) signal.textContent = waitText();
  }, 5_000);
  drawing = draw();
}

function wordOf(state: Entry["state"]): string {
  return state === "sign-in" ? "signIn" : state === "attended" ? "sending" : state;
}
