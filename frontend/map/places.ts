/** Points with words; near ones are gathered into one mark that tells how many. */

import * as L from "leaflet";
import { make } from "../parts/dom";
import type { Place } from "./data";

const CELL_PX = 56;

interface Group {
  places: Place[];
  lon: number;
  lat: number;
}

function gather(map: L.Map, places: Place[]): Group[] {
  const view = map.getBounds().pad(0.2);
  const groups = new Map<string, Group>();
  const last = map.getZoom() >= map.getMaxZoom();
  for (const place of places) {
    const [lon = 0, lat = 0] = place.geometry.coordinates;
    if (!view.contains([lat, lon])) continue;
    const at = map.project([lat, lon]);
    const key = last
      ? `${lon},${lat}`
      : `${Math.floor(at.x / CELL_PX)},${Math.floor(at.y / CELL_PX)}`;
    const group = groups.get(key);
    if (group) {
      group.places.push(place);
      group.lon += (lon - group.lon) / group.places.length;
      group.lat += (lat - group.lat) / group.places.length;
    } else groups.set(key, { places: [place], lon, lat });
  }
  return Array.from(groups.values());
}

/** Only addresses on this site become links. */
function own(url: unknown): string | null {
  return typeof url === "string" && /^(\/(?!\/)|#|\?)/.test(url) ? url : null;
}

function words(places: Place[]): HTMLElement {
  const list = make("ul", "map-popup");
  for (const { properties } of places) {
    const item = make("li");
    const title = String(properties?.title ?? "");
    const url = own(properties?.url);
    if (url) {
      const link = make("a", "", title);
      link.href = url;
      item.append(link);
    } else item.append(make("strong", "", title));
    if (properties?.text) item.append(make("p", "small soft", String(properties.text)));
    list.append(item);
  }
  return list;
}

function mark(map: L.Map, group: Group, many: string): L.Marker {
  const { places } = group;
  const single = places.length === 1;
  const shape = make("span", "", single ? "" : String(places.length));
  const urgent = places.some(({ properties }) => properties?.urgent === true);
  const marker = L.marker([group.lat, group.lon], {
    icon: L.divIcon({
      html: shape,
      className: `map-mark${single ? "" : " many"}${urgent ? " urgent" : ""}`,
      iconSize: single ? [22, 22] : [40, 40],
    }),
  });
  const label = single
    ? String(places[0]?.properties?.title ?? "")
    : `${places.length} ${many}`;
  marker.on("add", () => marker.getElement()?.setAttribute("aria-label", label));
  if (single || map.getZoom() >= map.getMaxZoom() - 1)
    marker.bindPopup(() => words(places), { maxHeight: 240 });
  else
    marker.on("click keypress", () => {
      const box = L.latLngBounds([]);
      for (const { geometry } of places)
        box.extend([geometry.coordinates[1] ?? 0, geometry.coordinates[0] ?? 0]);
      map.flyToBounds(box, {
        padding: [40, 40],
        maxZoom: map.getMaxZoom(),
        duration: 0.25,
      });
    });
  return marker;
}

export function drawPlaces(map: L.Map, places: Place[], many: string): void {
  const layer = L.layerGroup().addTo(map);
  let zoom = Number.NaN;
  const draw = (): void => {
    // An open popup moves the map to show itself; redrawing then would close it.
    if (
      zoom === map.getZoom() &&
      layer.getLayers().some((each) => (each as L.Marker).isPopupOpen())
    )
      return;
    zoom = map.getZoom();
    layer.clearLayers();
    for (const group of gather(map, places)) mark(map, group, many).addTo(layer);
  };
  map.on("zoomend moveend", draw);
  draw();
}
