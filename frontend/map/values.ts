/** Areas that tell a number: by pointing, by clicking, or by going to them with the keyboard. */

import * as L from "leaflet";
import { make } from "../parts/dom";
import type { Ground } from "./data";

const ROOM_PX = 84;
/** The only shades there are: no record, too few to tell, a record. Never by size. */
const BANDS = new Set(["none", "few", "some"]);

function own(url: unknown): string | null {
  return typeof url === "string" && /^\/(?!\/)/.test(url) ? url : null;
}

function words(ground: Ground): HTMLElement {
  const { properties } = ground;
  const box = make("div", "map-popup");
  const title = String(properties?.title ?? properties?.name ?? "");
  const url = own(properties?.url);
  if (url) {
    const link = make("a", "", title);
    link.href = url;
    box.append(link);
  } else box.append(make("strong", "", title));
  box.append(make("p", "", String(properties?.text ?? "")));
  return box;
}

function band(ground: Ground): string {
  const given = String(ground.properties?.band ?? "");
  return BANDS.has(given) ? given : "none";
}

/** Makes an outline answer to the keyboard as it does to the mouse. */
function keyed(outline: L.Polygon, ground: Ground): void {
  const shape = outline.getElement();
  if (!(shape instanceof SVGElement)) return;
  const { properties } = ground;
  shape.setAttribute("tabindex", "0");
  shape.setAttribute("role", "button");
  shape.setAttribute(
    "aria-label",
    `${String(properties?.title ?? properties?.name ?? "")} ${String(properties?.text ?? "")}`,
  );
  shape.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    outline.openPopup(outline.getBounds().getCenter());
  });
}

export function drawValues(map: L.Map, grounds: Ground[]): void {
  const named: { outline: L.Polygon; label: L.Tooltip }[] = [];
  L.geoJSON(grounds, {
    style: (feature) => ({
      className: `map-value ${feature ? band(feature as Ground) : "none"}`,
      weight: 1.5,
    }),
    onEachFeature(feature, layer) {
      if (!(layer instanceof L.Polygon)) return;
      const ground = feature as Ground;
      if (ground.properties?.whole === true) return;
      layer.bindPopup(() => words(ground), { maxHeight: 240 });
      layer.on("add", () => keyed(layer, ground));
      const text = make("span", "", String(ground.properties?.name ?? ""));
      text.append(make("strong", "", String(ground.properties?.short ?? "")));
      const label = L.tooltip({
        permanent: true,
        direction: "center",
        className: "map-name map-value-name",
      })
        .setContent(text)
        .setLatLng(layer.getBounds().getCenter());
      named.push({ outline: layer, label });
    },
  }).addTo(map);
  const name = (): void => {
    for (const { outline, label } of named) {
      const box = outline.getBounds();
      const width =
        map.latLngToLayerPoint(box.getNorthEast()).x -
        map.latLngToLayerPoint(box.getSouthWest()).x;
      if (width > ROOM_PX && map.getBounds().intersects(box)) label.addTo(map);
      else label.remove();
    }
  };
  map.on("zoomend moveend", name);
  name();
}
