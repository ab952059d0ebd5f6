/** Outlines of areas, named where there is room for the name. */

import * as L from "leaflet";
import { make } from "../parts/dom";
import type { Ground } from "./data";

const ROOM_PX = 84;

export function drawGrounds(map: L.Map, grounds: Ground[]): void {
  const named: { outline: L.Polygon; name: string; label: L.Tooltip }[] = [];
  L.geoJSON(grounds, {
    interactive: false,
    style: { className: "map-ground", weight: 1.5 },
    onEachFeature(feature, layer) {
      const name = String(feature.properties?.name ?? "");
      if (!name || !(layer instanceof L.Polygon)) return;
      const label = L.tooltip({
        permanent: true,
        direction: "center",
        className: "map-name",
      })
        .setContent(make("span", "", name))
        .setLatLng(layer.getBounds().getCenter());
      named.push({ outline: layer, name, label });
    },
  }).addTo(map);
  const name = (): void => {
    const view = map.getBounds();
    for (const { outline, label } of named) {
      const box = outline.getBounds();
      const width =
        map.latLngToLayerPoint(box.getNorthEast()).x -
        map.latLngToLayerPoint(box.getSouthWest()).x;
      if (width > ROOM_PX && view.intersects(box)) label.addTo(map);
      else label.remove();
    }
  };
  map.on("zoomend moveend", name);
  name();
}
