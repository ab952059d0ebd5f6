/**
 * The list of stations on the phone itself: what is open by the phone's own clock, what
 * has what one needs, the nearest first. Works without signal; the position stays here.
 */

import { all } from "../parts/dom";

const DAY = 1440;
const METRES_A_DEGREE = 111_320;
// Of thousands of stations nobody reads more.
const MOST = 100;

interface Moment {
  date: string;
  before: string;
  weekday: number;
  minute: number;
}

/** The place's own time, wherever the phone thinks it is. */
function now(): Moment {
  const here = new Date(Date.now() + 8 * 3_600_000);
  const before = new Date(here.getTime() - 86_400_000);
  return {
    date: here.toISOString().slice(0, 10),
    before: before.toISOString().slice(0, 10),
    weekday: (here.getUTCDay() + 6) % 7,
    minute: here.getUTCHours() * 60 + here.getUTCMinutes(),
  };
}

function words(row: HTMLElement, name: string): string[] {
  return (row.dataset[name] ?? "").split(" ").filter(Boolean);
}

function inUse(row: HTMLElement, at: Moment): boolean {
  return words(row, "use").some((span) => {
    const [from = "", to = ""] = span.split("/");
    return from <= at.date && (!to || at.date < to);
  });
}

/** The times of a weekday, in minutes; beyond 1,440 is the night after. */
function spans(row: HTMLElement, weekday: number): [number, number][] {
  return words(row, "hours").flatMap((text): [number, number][] => {
    const [day = -1, opens = 0, closes = 0] = text.split(/[:-]/).map(Number);
    return day === weekday ? [[opens, closes]] : [];
  });
}

/** The times that hold today, those of last night first. */
function holding(row: HTMLElement, at: Moment): [number, number][] {
  const off = words(row, "off");
  const last = off.includes(at.before) ? [] : spans(row, (at.weekday + 6) % 7);
  const own = off.includes(at.date) ? [] : spans(row, at.weekday);
  return [
    ...last.map(([opens, closes]): [number, number] => [opens - DAY, closes - DAY]),
    ...own,
  ];
}

function isOpen(row: HTMLElement, at: Moment): boolean {
  const open = holding(row, at).some(
    ([opens, closes]) => opens <= at.minute && at.minute < closes,
  );
  return open && inUse(row, at);
}

/** Minutes from midnight until it shuts; no end within a day is none at all. */
function shuts(row: HTMLElement, at: Moment): number {
  const coming = spans(row, (at.weekday + 1) % 7).map(([opens, closes]) => [
    opens + DAY,
    closes + DAY,
  ]);
  let reached = at.minute;
  for (const [opens = 0, closes = 0] of [...holding(row, at), ...coming])
    if (opens <= reached) reached = Math.max(reached, closes);
  return reached;
}

function metres(row: HTMLElement, lon: number, lat: number): number {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  return (
    METRES_A_DEGREE *
    Math.hypot((Number(row.dataset.lon) - lon) * squeeze, Number(row.dataset.lat) - lat)
  );
}

function startList(list: HTMLElement, form: HTMLFormElement): void {
  const none = document.querySelector<HTMLElement>("[data-station-none]");
  const said = (name: string, text = ""): string =>
    (list.dataset[name] ?? "").replace("{t}", text);
  let rows = all<HTMLElement>("[data-station]", list);

  const clock = (minute: number): string => {
    const of = minute === DAY ? DAY : minute % DAY;
    const text = `${Math.floor(of / 60)}:${String(of % 60).padStart(2, "0")}`;
    return minute > DAY ? said("next", text) : text;
  };
  const times = (row: HTMLElement, at: Moment): string => {
    const found = words(row, "off").includes(at.date) ? [] : spans(row, at.weekday);
    if (!found.length) return said("rest");
    if (found[0]?.[0] === 0 && found[0][1] === DAY) return said("whole");
    return found
      .map(([opens, closes]) => `${clock(opens)}-${clock(closes)}`)
      .join(said("joint"));
  };
  // A page kept on the phone is hours or days old: what is open is reckoned anew.
  const reckon = (): void => {
    const at = now();
    for (const row of rows) {
      const state = row.querySelector<HTMLElement>("[data-standing] .state");
      const when = row.querySelector<HTMLElement>("[data-when]");
      if (!state || !row.dataset.hours) continue;
      const open = isOpen(row, at);
      if (open !== (state.dataset.tone === "resolved")) {
        state.dataset.tone = open ? "resolved" : "waiting";
        state.replaceChildren(said(open ? "open" : "shut"));
      }
      const end = open ? shuts(row, at) : 0;
      if (!when) continue;
      if (!open) when.textContent = said("today", times(row, at));
      else
        when.textContent = end < 2 * DAY ? said("until", clock(end)) : said("always");
    }
  };
  const narrow = (): void => {
    const at = now();
    const asked = new FormData(form);
    const wanted = asked.getAll("has").map(String);
    const open = asked.get("open") === "1";
    let shown = 0;
    for (const row of rows) {
      const has = words(row, "has");
      const fits =
        wanted.every((code) => has.includes(code)) && (!open || isOpen(row, at));
      row.hidden = !fits || (!list.dataset.kept && shown >= MOST);
      if (!row.hidden) shown += 1;
    }
    if (none) none.hidden = shown > 0;
  };
  /** Where only the first of many are here, the others are fetched once. */
  const whole = async (): Promise<void> => {
    const address = list.dataset.all;
    if (!address) return;
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    rows = all<HTMLElement>("[data-station]", page);
    delete list.dataset.all;
    document.querySelector("[data-station-pages]")?.remove();
    list.replaceChildren(...rows);
    reckon();
  };
  const narrowAll = (): void =>
    void whole()
      .catch(() => undefined)
      .then(narrow);
  for (const box of all<HTMLInputElement>("input[type=checkbox]", form))
    box.addEventListener("change", narrowAll);

  reckon();
  narrow();
  startNear(list, async () => {
    await whole();
    return { rows, narrow };
  });
}

interface Sorted {
  rows: HTMLElement[];
  narrow: () => void;
}

function startNear(list: HTMLElement, ready: () => Promise<Sorted>): void {
  const near = document.querySelector<HTMLElement>("[data-station-near]");
  const button = near?.querySelector<HTMLButtonElement>("[data-near]");
  const said = near?.querySelector<HTMLElement>("[data-near-said]");
  if (!near || !button || !said || !("geolocation" in navigator)) return;
  const away = (far: number): string =>
    far < 1000
      ? (button.dataset.metres ?? "").replace("{n}", String(Math.round(far)))
      : (button.dataset.kilometres ?? "").replace("{n}", (far / 1000).toFixed(1));
  const sort = async ({ coords }: GeolocationPosition): Promise<void> => {
    const { rows, narrow } = await ready();
    const far = new Map(
      rows.map((row) => [row, metres(row, coords.longitude, coords.latitude)]),
    );
    rows.sort((one, other) => (far.get(one) ?? 0) - (far.get(other) ?? 0));
    for (const row of rows) {
      const place = row.querySelector<HTMLElement>("[data-metres]");
      if (place) place.textContent = away(far.get(row) ?? 0);
    }
    list.replaceChildren(...rows);
    narrow();
    said.textContent = button.dataset.sorted ?? "";
  };
  near.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      (found) =>
        void sort(found).catch(() => {
          said.textContent = button.dataset.failed ?? "";
        }),
      () => {
        said.textContent = button.dataset.denied ?? "";
      },
      { enableHighAccuracy: false, timeout: 15_000, maximumAge: 60_000 },
    );
  });
}

/** The address of a station without signal leads to its line on the kept list. */
function openNamed(): void {
  const code = decodeURIComponent(location.hash.slice(1)).toUpperCase();
  const row = all<HTMLElement>("[data-station]").find(
    (each) => each.dataset.station === code,
  );
  const more = row?.querySelector("details");
  if (!row || !more) return;
  row.hidden = false;
  more.open = true;
  row.scrollIntoView();
  more.querySelector("summary")?.focus({ preventScroll: true });
}

const list = document.querySelector<HTMLElement>("[data-stations]");
const form = document.querySelector<HTMLFormElement>("[data-station-filter]");
if (list && form) {
  startList(list, form);
  // After the browser has gone to the part itself, which takes the focus away.
  addEventListener("load", () => setTimeout(openNamed));
  addEventListener("hashchange", () => setTimeout(openNamed));
}

// A kept form knows nothing of the address it was opened by.
const asked = new URLSearchParams(location.search).get("station");
const code = document.querySelector<HTMLInputElement>("form input[name=station]");
if (asked && code && !code.value) code.value = asked.slice(0, 12);
