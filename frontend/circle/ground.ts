/** The street network as lines: what the server draws of it (engines/accessibility/drawing.py). */

export const BRIDGE = 1;
export const TUNNEL = 2;
export const STEPS = 4;
export const FOOTWAY = 8;
export const PRIVATE = 16;
export const INVENTED = 32;

/** Lines in the square of Web Mercator, 0 to 1 both ways, so that drawing only scales. */
export interface Ground {
  /** Where each line begins among the points; one more than there are lines. */
  starts: Uint32Array;
  looks: Uint8Array;
  xs: Float64Array;
  ys: Float64Array;
  /** west, north, east, south of each line, in the same square. */
  boxes: Float64Array;
}

const STEP_DEG = 1e-6;
const HEAD_OCTETS = 12;

export function mercatorX(lon: number): number {
  return lon / 360 + 0.5;
}

export function mercatorY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function lonOf(x: number): number {
  return (x - 0.5) * 360;
}

export function latOf(y: number): number {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
}

class Varints {
  private at: number;
  constructor(
    private readonly octets: Uint8Array,
    from: number,
  ) {
    this.at = from;
  }

  next(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const octet = this.octets[this.at];
      if (octet === undefined) throw new Error("the ground ends early");
      this.at += 1;
      value += (octet & 0x7f) * scale;
      if (octet < 0x80) return value;
      // Not shifted: first steps are beyond 31 bits once they are zigzag.
      scale *= 128;
    }
  }

  step(): number {
    const value = this.next();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}

export function decode(buffer: ArrayBuffer): Ground {
  const octets = new Uint8Array(buffer);
  const view = new DataView(buffer);
  if (String.fromCharCode(...octets.subarray(0, 4)) !== "WGG1")
    throw new Error("no ground");
  const lines = view.getUint32(4, true);
  const points = view.getUint32(8, true);
  const looks = octets.slice(HEAD_OCTETS, HEAD_OCTETS + lines);
  const numbers = new Varints(octets, HEAD_OCTETS + lines);
  const starts = new Uint32Array(lines + 1);
  for (let line = 0; line < lines; line += 1)
    starts[line + 1] = (starts[line] ?? 0) + numbers.next();
  const xs = new Float64Array(points);
  const ys = new Float64Array(points);
  let lon = 0;
  let lat = 0;
  for (let point = 0; point < points; point += 1) {
    lon += numbers.step();
    lat += numbers.step();
    xs[point] = mercatorX(lon * STEP_DEG);
    ys[point] = mercatorY(lat * STEP_DEG);
  }
  return { starts, looks, xs, ys, boxes: boxesOf(starts, xs, ys) };
}

function boxesOf(
  starts: Uint32Array,
  xs: Float64Array,
  ys: Float64Array,
): Float64Array {
  const boxes = new Float64Array((starts.length - 1) * 4);
  for (let line = 0; line + 1 < starts.length; line += 1) {
    let [west, north, east, south] = [1, 1, 0, 0];
    const end = starts[line + 1] ?? 0;
    for (let point = starts[line] ?? 0; point < end; point += 1) {
      const x = xs[point] ?? 0;
      const y = ys[point] ?? 0;
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
    }
    boxes.set([west, north, east, south], line * 4);
  }
  return boxes;
}

/** Finds the point of the network nearest to one, within a distance; all in the square. */
export function nearest(
  ground: Ground,
  x: number,
  y: number,
  limit: number,
): { x: number; y: number } | null {
  let best = limit * limit;
  let found: { x: number; y: number } | null = null;
  const { starts, xs, ys, boxes } = ground;
  for (let line = 0; line + 1 < starts.length; line += 1) {
    const [west = 0, north = 0, east = 0, south = 0] = boxes.subarray(
      line * 4,
      line * 4 + 4,
    );
    if (x < west - limit || x > east + limit || y < north - limit || y > south + limit)
      continue;
    const end = starts[line + 1] ?? 0;
    for (let point = (starts[line] ?? 0) + 1; point < end; point += 1) {
      const x1 = xs[point - 1] ?? 0;
      const y1 = ys[point - 1] ?? 0;
      const dx = (xs[point] ?? 0) - x1;
      const dy = (ys[point] ?? 0) - y1;
      const square = dx * dx + dy * dy;
      const share =
        square > 0
          ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / square))
          : 0;
      const at = { x: x1 + share * dx, y: y1 + share * dy };
      const off = (at.x - x) ** 2 + (at.y - y) ** 2;
      if (off < best) {
        best = off;
        found = at;
      }
    }
  }
  return found;
}

export async function fetchGround(url: string): Promise<Ground> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return decode(await answer.arrayBuffer());
}
