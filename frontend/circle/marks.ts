/** Facilities as a square with the character of their kind, drawn ideas, and words for both. */

import * as L from "leaflet";
import { make } from "../parts/dom";
import type { Facility, Outcome } from "./scene";

export interface Said {
  /** 如果撤掉这一处; absent where nothing may be tried. */
  shut: string;
  onShut: (facility: Facility) => void;
}

function square(facility: Facility, shut: boolean): L.DivIcon {
  const names = ["circle-mark"];
  if (facility.thought) names.push("thought");
  if (shut) names.push("shut");
  return L.divIcon({
    html: make("span", "", facility.mark),
    className: names.join(" "),
    iconSize: [26, 26],
  });
}

function words(facility: Facility, said: Said | null): HTMLElement {
  const box = make("div", "map-popup");
  box.append(make("strong", "", facility.name));
  if (facility.text) box.append(make("p", "small", facility.text));
  if (said && !facility.thought) {
    const button = make("button", "button secondary small", said.shut);
    button.type = "button";
    button.addEventListener("click", () => said.onShut(facility));
    box.append(button);
  }
  return box;
}

export function drawFacilities(
  layer: L.LayerGroup,
  facilities: Facility[],
  outcome: Outcome | null,
  said: Said | null,
): void {
  layer.clearLayers();
  const shut = new Set(outcome?.shut ?? []);
  for (const facility of [...facilities, ...(outcome?.opened ?? [])]) {
    const mark = L.marker([facility.lat, facility.lon], {
      icon: square(facility, !facility.thought && shut.has(facility.id)),
      zIndexOffset: facility.thought ? 500 : 0,
    });
    mark.on("add", () => mark.getElement()?.setAttribute("aria-label", facility.name));
    mark.bindPopup(() => words(facility, shut.has(facility.id) ? null : said), {
      maxHeight: 240,
    });
    mark.addTo(layer);
  }
}

/** Draws links somebody thinks of as a railed line with two ends, closed places as a bar. */
export function drawThoughts(layer: L.LayerGroup, outcome: Outcome | null): void {
  layer.clearLayers();
  for (const { line } of outcome?.links ?? []) {
    const ends = line.map(([lon, lat]) => L.latLng(lat, lon));
    for (const name of ["circle-link-edge", "circle-link"])
      L.polyline(ends, { className: name, interactive: false }).addTo(layer);
    for (const end of ends)
      L.circleMarker(end, {
        radius: 5,
        className: "circle-link-end",
        interactive: false,
      }).addTo(layer);
  }
  for (const [lon, lat] of outcome?.closed ?? [])
    L.marker([lat, lon], {
      interactive: false,
      keyboard: false,
      icon: L.divIcon({
        html: make("span"),
        className: "circle-closed",
        iconSize: [26, 26],
      }),
    }).addTo(layer);
}
