/** Streets as on paper: white with a thin edge; footways dashed, stairs ticked, bridges railed. */

import type { Colours } from "./colours";
import {
  BRIDGE,
  FOOTWAY,
  type Ground,
  INVENTED,
  mercatorX,
  mercatorY,
  STEPS,
  TUNNEL,
} from "./ground";
import type { Sheet } from "./layer";

/** Narrow at a city's sight, as wide as a street when near. */
function width(zoom: number): number {
  return Math.min(11, Math.max(0.9, 1.1 * 1.55 ** (zoom - 13)));
}

type Wanted = (look: number) => boolean;

function trace(sheet: Sheet, ground: Ground, wanted: Wanted): void {
  const { ctx, scale, left, top } = sheet;
  const { starts, looks, xs, ys, boxes } = ground;
  const west = left / scale;
  const north = top / scale;
  const east = (left + sheet.width) / scale;
  const south = (top + sheet.height) / scale;
  ctx.beginPath();
  for (let line = 0; line < looks.length; line += 1) {
    if (!wanted(looks[line] ?? 0)) continue;
    const box = line * 4;
    if (
      (boxes[box] ?? 0) > east ||
      (boxes[box + 1] ?? 0) > south ||
      (boxes[box + 2] ?? 0) < west ||
      (boxes[box + 3] ?? 0) < north
    )
      continue;
    const end = starts[line + 1] ?? 0;
    const from = starts[line] ?? 0;
    for (let point = from; point < end; point += 1) {
      const x = (xs[point] ?? 0) * scale - left;
      const y = (ys[point] ?? 0) * scale - top;
      if (point === from) ctx.moveTo(x, y);
      else ctx.lineTo(x, y);
    }
  }
}

const over = (look: number): boolean => (look & (BRIDGE | INVENTED)) !== 0;
const street: Wanted = (look) => (look & (FOOTWAY | STEPS | TUNNEL)) === 0;
const path: Wanted = (look) =>
  (look & FOOTWAY) !== 0 && (look & STEPS) === 0 && !over(look);
const stairs: Wanted = (look) => (look & STEPS) !== 0;
const tunnel: Wanted = (look) => (look & TUNNEL) !== 0;

/** The ground one is inside on: a quiet wash with a dashed edge, below all else. */
export function paintArea(
  sheet: Sheet,
  area: [number, number][][][],
  colour: Colours,
): void {
  const { ctx, scale, left, top } = sheet;
  ctx.beginPath();
  for (const polygon of area)
    for (const ring of polygon) {
      ring.forEach(([lon, lat], at) => {
        const x = mercatorX(lon) * scale - left;
        const y = mercatorY(lat) * scale - top;
        if (at === 0) ctx.moveTo(x, y);
        else ctx.lineTo(x, y);
      });
      ctx.closePath();
    }
  ctx.fillStyle = colour["accent-wash"];
  ctx.fill("evenodd");
  ctx.strokeStyle = colour.accent;
  ctx.lineWidth = 1;
  ctx.setLineDash([5, 4]);
  ctx.stroke();
  ctx.setLineDash([]);
}

export function paintRoads(sheet: Sheet, ground: Ground, colour: Colours): void {
  const { ctx } = sheet;
  const wide = width(sheet.zoom);
  ctx.lineJoin = "round";
  const stroke = (
    wanted: Wanted,
    style: string,
    thick: number,
    dash: number[] = [],
    cap: CanvasLineCap = "round",
  ): void => {
    trace(sheet, ground, wanted);
    ctx.strokeStyle = style;
    ctx.lineWidth = thick;
    ctx.lineCap = cap;
    ctx.setLineDash(dash);
    ctx.stroke();
    ctx.setLineDash([]);
  };
  const near = sheet.zoom >= 14;
  stroke(tunnel, colour["line-strong"], Math.max(1, wide * 0.4), [3, 4], "butt");
  if (near) {
    stroke(path, colour.sheet, Math.max(2.4, wide * 0.5));
    stroke(path, colour["line-strong"], Math.max(0.8, wide * 0.16), [4, 3], "butt");
  }
  stroke(street, colour.line, wide + (near ? 1.8 : 0));
  if (near) stroke(street, colour.sheet, wide);
  stroke(stairs, colour["ink-soft"], Math.max(1.6, wide * 0.5), [1.5, 2], "butt");
  stroke(over, colour["ink-soft"], wide * 0.8 + 3, [], "butt");
  stroke(over, colour.sheet, wide * 0.8 + 0.6);
}
