/**
 * Forms marked data-queued: kept on the phone first, then sent; shown as waiting when there
 * is no way to the server. What the server does not take while somebody is looking is
 * shown by the page's own server answer, as without scripts.
 */

import { icon, make, say } from "../parts/dom";
import { kick } from "./keeper";
import { deliver, Later, sendAll, settle, type Told } from "./send";
import {
  all,
  change,
  complete,
  drop,
  type Entry,
  isOpen,
  keep,
  note,
  one,
  type Picture,
  picture,
} from "./store";
import { wakeMe } from "./worker";

type Words = DOMStringMap;
const SILENCE_MS = 15_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MACHINERY = ["csrfmiddlewaretoken", "client_id"];

export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  const octets = crypto.getRandomValues(new Uint8Array(16));
  octets[6] = ((octets[6] ?? 0) & 0x0f) | 0x40;
  octets[8] = ((octets[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(octets, (each) => each.toString(16).padStart(2, "0")).join("");
  return [0, 8, 12, 16, 20]
    .map((at, place, cuts) => hex.slice(at, cuts[place + 1] ?? 32))
    .join("-");
}

function idInput(form: HTMLFormElement): HTMLInputElement | null {
  const found = form.elements.namedItem("client_id");
  return found instanceof HTMLInputElement ? found : null;
}

async function idOf(form: HTMLFormElement): Promise<string> {
  const given = idInput(form)?.value ?? "";
  const known = UUID.test(given) ? await one(given).catch(() => undefined) : null;
  const free = !known || known.state === "attended" || known.state === "refused";
  return UUID.test(given) && free ? given : newId();
}

/** What stands in the form: its fields, and its pictures with an id each. */
async function read(
  form: HTMLFormElement,
): Promise<{ fields: [string, string][]; pictures: Picture[] }> {
  const fields: [string, string][] = [];
  const pictures: Picture[] = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") {
      if (!MACHINERY.includes(name)) fields.push([name, value]);
    } else if (value.name !== "" || value.size > 0)
      pictures.push({
        id: newId(),
        name: value.name,
        type: value.type,
        octets: await value.arrayBuffer(),
      });
  }
  return { fields, pictures };
}

function filled(
  text: string | undefined,
  values: Record<string, string | number>,
): string {
  return (text ?? "").replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

/** Nothing heard for a while counts as no way to the server; every step begins anew. */
function impatient<T>(work: (heard: () => void) => Promise<T>): Promise<T> {
  return new Promise<T>((done, fail) => {
    let timer = 0;
    const heard = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => fail(new Later()), SILENCE_MS);
    };
    heard();
    work(heard)
      .then(done, fail)
      .finally(() => window.clearTimeout(timer));
  });
}

export function queued(form: HTMLFormElement, words: Words): void {
  const code = form.dataset.queued ?? "";
  const line = make("p", "queue-line");
  line.setAttribute("role", "status");
  form.append(line);
  let plain = false;
  let busy = false;

  /** Puts what became of it where the form was. */
  const panel = (
    kind: "good" | "warn",
    lines: string[],
    links: HTMLElement[],
  ): void => {
    const box = make("section", "notice queue-kept");
    box.dataset.kind = kind;
    box.setAttribute("role", "status");
    box.tabIndex = -1;
    const inside = make("div");
    lines.forEach((text, place) =>
      inside.append(make("p", place === 0 ? "notice-title" : "", text)),
    );
    const go = make("p", "actions");
    go.append(...links);
    inside.append(go);
    box.append(icon(kind === "good" ? "check" : "alert"), inside);
    forgetDraft(form);
    form.reset();
    form.hidden = true;
    form.before(box);
    box.focus();
  };
  const link = (text: string | undefined, url: string | undefined): HTMLElement => {
    const made = make("a", "button", text);
    made.href = url || "/";
    return made;
  };

  const waiting = async (entry: Entry, text = ""): Promise<void> => {
    const place = (await all())
      .filter(isOpen)
      .findIndex((each) => each.id === entry.id);
    const lines = [text || words.saved || ""];
    if (place >= 0) lines.push(filled(words.place, { n: place + 1 }));
    const again = make("button", "button secondary", words.again);
    again.type = "button";
    again.addEventListener("click", () => location.assign(location.pathname));
    panel(text ? "warn" : "good", lines, [link(words.see, words.url), again]);
    wakeMe();
    void kick();
  };

  /** Lets the browser send the form as without scripts. */
  const byItself = (submitter: HTMLElement | null): void => {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    const field = form.elements.namedItem("csrfmiddlewaretoken");
    if (token && field instanceof HTMLInputElement) field.value = token;
    plain = true;
    if (submitter instanceof HTMLButtonElement) form.requestSubmit(submitter);
    else form.requestSubmit();
  };

  const answered = async (
    entry: Entry,
    answer: Told,
    submitter: HTMLElement | null,
  ): Promise<void> => {
    await settle(entry.id, answer);
    if (answer.state === "taken") {
      if (entry.left.length > 0) {
        const left = `${words.photoLeft ?? ""}${entry.left.join(" ")}`;
        panel("warn", [answer.text ?? "", left], [link(words.receipt, answer.url)]);
        return;
      }
      forgetDraft(form);
      form.reset();
      location.assign(answer.url || words.url || "/");
    } else if (answer.state === "refused") byItself(submitter);
    else await waiting(entry, answer.text);
  };

  const send = async (entry: Entry, submitter: HTMLElement | null): Promise<void> => {
    line.textContent = words.sending ?? "";
    try {
      const answer = await impatient(async (heard) => {
        // What was written before goes before.
        if ((await all()).some(isOpen)) await sendAll({ changed: heard });
        if ((await all()).some((each) => each.state === "waiting")) throw new Later();
        return deliver(entry, {
          attended: true,
          progress: (_entry, n, photos) => {
            heard();
            line.textContent = filled(words.sendingPhoto, { n, all: photos });
          },
        });
      });
      await answered((await one(entry.id)) ?? entry, answer, submitter);
    } catch (problem) {
      if (!(problem instanceof Later)) throw problem;
      await change(entry.id, { state: "waiting" });
      await waiting(entry);
    } finally {
      line.textContent = "";
    }
  };

  const submitted = async (submitter: HTMLElement | null): Promise<void> => {
    const { fields, pictures } = await read(form);
    const id = await idOf(form);
    const input = idInput(form);
    if (input) input.value = id;
    const entry = complete({
      id,
      code,
      page: location.pathname,
      fields,
      photos: pictures.map((each) => each.id),
      person: await note("person").catch(() => ""),
      state: navigator.onLine ? "attended" : "waiting",
    });
    try {
      await keep(entry, pictures, "urgent" in form.dataset);
    } catch {
      // Full, or forbidden: said at once, and the form stays as it is.
      if (navigator.onLine) byItself(submitter);
      else {
        say(words.full ?? "", "urgent");
        line.textContent = words.full ?? "";
        line.scrollIntoView({ block: "nearest" });
      }
      return;
    }
    void navigator.storage?.persist?.().catch(() => false);
    if (form.dataset.mends && form.dataset.mends !== id) await drop(form.dataset.mends);
    if (navigator.onLine) await send(entry, submitter);
    else await waiting(entry);
  };

  form.addEventListener("submit", (event) => {
    const { submitter } = event;
    // A button with a name asks for something else, such as finding a place.
    const other = submitter instanceof HTMLButtonElement && submitter.name !== "";
    if (plain || other || event.defaultPrevented) return;
    event.preventDefault();
    if (busy) return;
    // Nobody there to say what is missing: the browser does.
    if (!navigator.onLine && !form.checkValidity()) {
      form.reportValidity();
      return;
    }
    busy = true;
    void submitted(submitter).finally(() => (busy = false));
  });
  void prepare(form, words);
}

function forgetDraft(form: HTMLFormElement): void {
  try {
    sessionStorage.removeItem(`draft:${form.dataset.autosave ?? ""}`);
  } catch {
    // Forbidden: then nothing was kept there.
  }
}

async function prepare(form: HTMLFormElement, words: Words): Promise<void> {
  const input = idInput(form);
  const copied = "kept" in document.documentElement.dataset;
  // A copy is opened again and again: what is written on it is something new each time.
  if (copied && input) input.value = newId();
  if (copied) offerPosition(form, words);
  const asked = new URLSearchParams(location.search).get("queued") ?? "";
  if (UUID.test(asked)) await mend(form, asked, words);
  else if (input && UUID.test(input.value)) {
    // The server's page shows it again to be mended: it is here now, not in the queue.
    const known = await one(input.value);
    if (known?.state === "refused") await drop(known.id);
  }
}

/** Puts an entry that was not taken back into its form; it goes as something new. */
async function mend(form: HTMLFormElement, id: string, words: Words): Promise<void> {
  const entry = await one(id);
  if (!entry || entry.code !== form.dataset.queued) return;
  const input = idInput(form);
  if (input) input.value = newId();
  form.dataset.mends = id;
  for (const [name, value] of entry.fields) put(form, name, value);
  const files = form.querySelector<HTMLInputElement>("input[type=file]");
  if (files && entry.photos.length > 0 && typeof DataTransfer === "function") {
    const carrier = new DataTransfer();
    for (const each of entry.photos) {
      const found = await picture(each);
      if (found)
        carrier.items.add(new File([found.octets], found.name, { type: found.type }));
    }
    files.files = carrier.files;
    files.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const why = Object.values(entry.errors).flat().join(" ") || entry.text;
  say(`${words.mending ?? ""} ${why}`, "warn");
}

function put(form: HTMLFormElement, name: string, value: string): void {
  for (const control of Array.from(form.elements)) {
    if (control instanceof HTMLInputElement && control.name === name) {
      if (["checkbox", "radio"].includes(control.type)) {
        if (control.value === value) control.checked = true;
      } else if (!["file", "hidden", "submit"].includes(control.type))
        control.value = value;
    } else if (
      (control instanceof HTMLTextAreaElement ||
        control instanceof HTMLSelectElement) &&
      control.name === name
    )
      control.value = value;
    else continue;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Without the map the phone's own position can still be taken: it needs no network. */
function offerPosition(form: HTMLFormElement, words: Words): void {
  const lon = form.elements.namedItem("lon");
  const lat = form.elements.namedItem("lat");
  if (!(lon instanceof HTMLInputElement && lat instanceof HTMLInputElement)) return;
  if (!("geolocation" in navigator)) return;
  const button = make("button", "button secondary", words.locate);
  button.type = "button";
  const said = make("p", "small soft");
  said.setAttribute("role", "status");
  button.addEventListener("click", () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        lon.value = coords.longitude.toFixed(6);
        lat.value = coords.latitude.toFixed(6);
        said.textContent = words.located ?? "";
      },
      () => (said.textContent = words.denied ?? ""),
      { enableHighAccuracy: true, timeout: 30_000, maximumAge: 60_000 },
    ),
  );
  const place = form.querySelector("[data-map]") ?? lat.closest("details, .field");
  place?.before(button, said);
}
