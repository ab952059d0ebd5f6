/** Homes: full, ringed or hollow by minutes, a lozenge with a cross outside; never by colour alone. */

import type { Colours } from "./colours";
import { mercatorX, mercatorY } from "./ground";
import type { Sheet } from "./layer";
import type { Homes, Outcome } from "./scene";

type Band = "near" | "middle" | "far" | "outside";
export type Turn = "gained" | "lost" | "nearer" | "farther" | "";

export interface Home {
  id: number;
  name: string;
  residents: number;
  x: number;
  y: number;
  lon: number;
  lat: number;
  before: number | null;
  seconds: number | null;
  turn: Turn;
}

export function readHomes(homes: Homes): Home[] {
  return homes.id.map((id, at) => {
    const lon = homes.lon[at] ?? 0;
    const lat = homes.lat[at] ?? 0;
    const seconds = homes.seconds[at] ?? null;
    return {
      id,
      name: homes.name[at] ?? "",
      residents: homes.residents[at] ?? 0,
      lon,
      lat,
      x: mercatorX(lon),
      y: mercatorY(lat),
      before: seconds,
      seconds,
      turn: "",
    };
  });
}

const inside = (seconds: number | null, limit: number): boolean =>
  seconds !== null && seconds <= limit;

/** Writes what a try changes into the homes; without one they are as they were. */
export function turnHomes(homes: Home[], limit: number, outcome: Outcome | null): void {
  const changed = new Map(
    (outcome?.homes ?? []).map(([id, before, after]) => [id, { before, after }]),
  );
  for (const home of homes) {
    const change = changed.get(home.id);
    home.seconds = change ? change.after : home.before;
    if (!change) {
      home.turn = "";
      continue;
    }
    const was = inside(change.before, limit);
    const is = inside(change.after, limit);
    if (is && !was) home.turn = "gained";
    else if (was && !is) home.turn = "lost";
    else
      home.turn =
        (change.after ?? Infinity) < (change.before ?? Infinity) ? "nearer" : "farther";
  }
}

function band(seconds: number | null, limit: number): Band {
  if (seconds === null || seconds > limit) return "outside";
  if (seconds <= limit / 3) return "near";
  return seconds <= (limit * 2) / 3 ? "middle" : "far";
}

export function radius(home: Home, zoom: number): number {
  const people = Math.min(3.5, Math.sqrt(home.residents) / 4);
  return Math.max(2.2, (3 + people) * Math.min(1.5, 1.28 ** (zoom - 15.5)));
}

function disc(ctx: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
}

function lozenge(ctx: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y - r);
  ctx.lineTo(x + r, y);
  ctx.lineTo(x, y + r);
  ctx.lineTo(x - r, y);
  ctx.closePath();
}

function shape(
  ctx: CanvasRenderingContext2D,
  colour: Colours,
  which: Band,
  x: number,
  y: number,
  r: number,
): void {
  if (which === "outside") {
    lozenge(ctx, x, y, r * 1.35);
    ctx.fillStyle = colour["warn-wash"];
    ctx.fill();
    ctx.lineWidth = Math.max(1.2, r * 0.3);
    ctx.strokeStyle = colour.warn;
    ctx.stroke();
    if (r < 3.2) return;
    const arm = r * 0.42;
    ctx.beginPath();
    ctx.moveTo(x - arm, y - arm);
    ctx.lineTo(x + arm, y + arm);
    ctx.moveTo(x + arm, y - arm);
    ctx.lineTo(x - arm, y + arm);
    ctx.lineWidth = Math.max(1.2, r * 0.24);
    ctx.stroke();
    return;
  }
  disc(ctx, x, y, r + 1);
  ctx.fillStyle = colour.sheet;
  ctx.fill();
  disc(ctx, x, y, r);
  ctx.fillStyle = which === "far" ? colour["accent-wash"] : colour.accent;
  if (which === "near") ctx.fillStyle = colour["accent-deep"];
  ctx.fill();
  if (which === "near") return;
  ctx.lineWidth = Math.max(1.2, r * 0.34);
  ctx.strokeStyle = colour.accent;
  disc(ctx, x, y, r - ctx.lineWidth / 2);
  ctx.stroke();
  if (which !== "middle") return;
  disc(ctx, x, y, r * 0.38);
  ctx.fillStyle = colour.sheet;
  ctx.fill();
}

/** Who comes inside is ringed with a plus above, who falls out with a minus. */
function sign(
  ctx: CanvasRenderingContext2D,
  colour: Colours,
  turn: Turn,
  x: number,
  y: number,
  r: number,
): void {
  if (turn !== "gained" && turn !== "lost") return;
  const gained = turn === "gained";
  ctx.lineWidth = Math.min(2.5, r * 0.45);
  ctx.strokeStyle = gained ? colour.ink : colour.warn;
  disc(ctx, x, y, r + Math.min(4.5, r * 0.65));
  ctx.stroke();
  // Smaller where many stand close together, and so are small themselves.
  const size = Math.max(3.4, Math.min(6.5, r));
  const [sx, sy] = [x + r + size * 0.3, y - r - size * 0.3];
  const arm = size * 0.54;
  disc(ctx, sx, sy, size);
  ctx.fillStyle = gained ? colour.ink : colour.warn;
  ctx.fill();
  ctx.strokeStyle = colour.sheet;
  ctx.lineWidth = size * 0.3;
  ctx.beginPath();
  ctx.moveTo(sx - arm, sy);
  ctx.lineTo(sx + arm, sy);
  if (gained) {
    ctx.moveTo(sx, sy - arm);
    ctx.lineTo(sx, sy + arm);
  }
  ctx.stroke();
}

export function paintHomes(
  sheet: Sheet,
  homes: Home[],
  limit: number,
  colour: Colours,
  tried: boolean,
): void {
  const { ctx } = sheet;
  ctx.clearRect(0, 0, sheet.width, sheet.height);
  ctx.lineCap = "round";
  // Changed homes last, so that none hides below a neighbour.
  for (const changed of [false, true])
    for (const home of homes) {
      if ((home.turn === "gained" || home.turn === "lost") !== changed) continue;
      const x = home.x * sheet.scale - sheet.left;
      const y = home.y * sheet.scale - sheet.top;
      if (x < -20 || y < -20 || x > sheet.width + 20 || y > sheet.height + 20) continue;
      const r = radius(home, sheet.zoom) * (changed ? 1.15 : 1);
      ctx.globalAlpha = tried && home.turn === "" ? 0.42 : 1;
      shape(ctx, colour, band(home.seconds, limit), x, y, r);
      ctx.globalAlpha = 1;
      sign(ctx, colour, home.turn, x, y, r);
    }
}

/** Finds the home at a place of the screen; distances in the square. */
export function homeAt(
  homes: Home[],
  x: number,
  y: number,
  reach: number,
): Home | null {
  let best = reach * reach;
  let found: Home | null = null;
  for (const home of homes) {
    const off = (home.x - x) ** 2 + (home.y - y) ** 2;
    if (off <= best) {
      best = off;
      found = home;
    }
  }
  return found;
}
