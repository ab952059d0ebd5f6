/** What a map shows: GeoJSON from the page or from this site. */

import type {
  Feature,
  FeatureCollection,
  Geometry,
  MultiPolygon,
  Point,
  Polygon,
  Position,
} from "geojson";

export type Place = Feature<Point>;
export type Ground = Feature<Polygon | MultiPolygon>;

const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };

async function fetched(url: string | undefined): Promise<FeatureCollection> {
  if (!url) return EMPTY;
  const answer = await fetch(url, {
    headers: { Accept: "application/geo+json, application/json" },
  });
  if (!answer.ok) throw new Error(`${answer.status} ${url}`);
  return (await answer.json()) as FeatureCollection;
}

function written(figure: HTMLElement): FeatureCollection {
  const block = figure.querySelector('script[type="application/json"]');
  return block?.textContent
    ? (JSON.parse(block.textContent) as FeatureCollection)
    : EMPTY;
}

function isPlace(feature: Feature<Geometry>): feature is Place {
  return feature.geometry?.type === "Point";
}

function isGround(feature: Feature<Geometry>): feature is Ground {
  return (
    feature.geometry?.type === "Polygon" || feature.geometry?.type === "MultiPolygon"
  );
}

export async function load(
  figure: HTMLElement,
): Promise<{ places: Place[]; grounds: Ground[] }> {
  const [own, more] = await Promise.all([
    fetched(figure.dataset.url),
    fetched(figure.dataset.areasUrl),
  ]);
  const features = [...written(figure).features, ...own.features, ...more.features];
  return { places: features.filter(isPlace), grounds: features.filter(isGround) };
}

function inRing(lon: number, lat: number, ring: Position[]): boolean {
  let inside = false;
  for (
    let here = 0, before = ring.length - 1;
    here < ring.length;
    before = here, here += 1
  ) {
    const [x1 = 0, y1 = 0] = ring[here] ?? [];
    const [x2 = 0, y2 = 0] = ring[before] ?? [];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1)
      inside = !inside;
  }
  return inside;
}

/** Tells whether a point lies in a ground: in an outer ring and in none of its holes. */
export function holds(ground: Ground, lon: number, lat: number): boolean {
  const { geometry } = ground;
  const polygons =
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some(
    ([outer = [], ...holes]) =>
      inRing(lon, lat, outer) && !holes.some((hole) => inRing(lon, lat, hole)),
  );
}
