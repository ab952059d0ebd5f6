/**
 * The list of stations on the phone itself: what is open by the phone's own clock, what
 * has what one needs, the nearest first. Works without signal; the position stays here.
 */

import { all } from "../parts/dom";

const DAY = 1440;
const METRES_A_DEGREE = 111_320;

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

function isOpen(row: HTMLElement, at: Moment): boolean {
  const used = words(row, "use").some((span) => {
    const [from = "", to = ""] = span.split("/");
    return from <= at.date && (!to || at.date < to);
  });
  if (!used) return false;
  const off = words(row, "off");
  return words(row, "hours").some((text) => {
    const [day = -1, opens = 0, closes = 0] = text.split(/[:-]/).map(Number);
    const today = day === at.weekday && !off.includes(at.date);
    const yesterday = day === (at.weekday + 6) % 7 && !off.includes(at.before);
    return (
      (today && opens <= at.minute && at.minute < closes) ||
      (yesterday && closes > at.minute + DAY)
    );
  });
}

function metres(row: HTMLElement, lon: number, lat: number): number {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  return (
    METRES_A_DEGREE *
    Math.hypot((Number(row.dataset.lon) - lon) * squeeze, Number(row.dataset.lat) - lat)
  );
}

const list = document.querySelector<HTMLElement>("[data-stations]");
const form = document.querySelector<HTMLFormElement>("[data-station-filter]");
if (list && form) {
  const rows = all<HTMLElement>("[data-station]", list);
  const none = document.querySelector<HTMLElement>("[data-station-none]");

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
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    if (none) none.hidden = shown > 0;
  };
  for (const box of all<HTMLInputElement>("input[type=checkbox]", form))
    box.addEventListener("change", narrow);

  // A page kept on the phone is hours old: what is open is reckoned anew.
  const at = now();
  for (const row of rows) {
    const state = row.querySelector<HTMLElement>("[data-standing] .state");
    const open = isOpen(row, at);
    if (!state || !row.dataset.hours) continue;
    if (open !== (state.dataset.tone === "resolved")) {
      const said = (open ? list.dataset.open : list.dataset.shut) ?? "";
      state.dataset.tone = open ? "resolved" : "waiting";
      state.replaceChildren(said);
    }
  }
  narrow();

  const near = document.querySelector<HTMLElement>("[data-station-near]");
  const button = near?.querySelector<HTMLButtonElement>("[data-near]");
  const said = near?.querySelector<HTMLElement>("[data-near-said]");
  if (near && button && said && "geolocation" in navigator) {
    near.hidden = false;
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const far = (row: HTMLElement): number =>
            metres(row, coords.longitude, coords.latitude);
          for (const row of [...rows].sort((one, other) => far(one) - far(other))) {
            const place = row.querySelector<HTMLElement>("[data-metres]");
            const away = far(row);
            const text =
              away < 1000
                ? (button.dataset.metres ?? "").replace("{n}", String(Math.round(away)))
                : (button.dataset.kilometres ?? "").replace(
                    "{n}",
                    (away / 1000).toFixed(1),
                  );
            if (place) place.textContent = text;
            list.append(row);
          }
          said.textContent = button.dataset.sorted ?? "";
        },
        () => {
          said.textContent = button.dataset.denied ?? "";
        },
        { enableHighAccuracy: false, timeout: 15_000, maximumAge: 60_000 },
      );
    });
  }
}
