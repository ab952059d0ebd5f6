/** Streets under a map's points: the walking network, drawn as on the life circle's map. */

import * as L from "leaflet";
import { colours, onTheme } from "../circle/colours";
import { fetchGround } from "../circle/ground";
import { CanvasLayer } from "../circle/layer";
import { paintRoads } from "../circle/roads";

const PANE = "map-streets";

/** Lays the streets when they have come; a map without them still serves. */
export async function layStreets(map: L.Map, url: string): Promise<void> {
  const pane = map.createPane(PANE);
  pane.style.zIndex = "250";
  pane.style.pointerEvents = "none";
  const ground = await fetchGround(url).catch(() => null);
  if (!ground) return;
  let colour = colours();
  const layer = new CanvasLayer((sheet) => paintRoads(sheet, ground, colour), PANE);
  layer.addTo(map);
  onTheme(() => {
    colour = colours();
    layer.refresh();
  });
}
