/** What stands on the ground: homes with their minutes, facilities, and what a try changes. */

export interface Homes {
  id: number[];
  lon: number[];
  lat: number[];
  /** Whole seconds to the nearest facility; null: no way there, or farther than was looked. */
  seconds: (number | null)[];
  residents: number[];
  name: string[];
}

export interface Facility {
  id: number;
  lon: number;
  lat: number;
  name: string;
  /** One character that stands for its kind. */
  mark: string;
  text: string;
  /** A place somebody thinks of, not one that is there. */
  thought?: boolean;
}

export interface Scene {
  /** Seconds that still count as inside. */
  limit: number;
  homes: Homes;
  facilities: Facility[];
  /** The ground from which one is inside: polygons, an outer ring and its holes. */
  area: [number, number][][][];
}

export interface Line {
  kind: string;
  /** Two points, longitude before latitude. */
  line: [[number, number], [number, number]];
}

export interface Outcome {
  /** Home, seconds before, seconds after. */
  homes: [number, number | null, number | null][];
  links: Line[];
  closed: [number, number][];
  opened: Facility[];
  shut: number[];
}

/** What the page itself carries, where nothing is to be fetched. */
export function writtenScene(figure: HTMLElement): Scene | null {
  const block = figure.querySelector('script[type="application/json"]');
  return block?.textContent ? (JSON.parse(block.textContent) as Scene) : null;
}

export async function fetchScene(url: string): Promise<Scene> {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return (await answer.json()) as Scene;
}
