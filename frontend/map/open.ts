/** Draws a map into <figure data-map>: ground, names, then points or a pin. */

import * as L from "leaflet";
import { load } from "./data";
import { drawGrounds } from "./grounds";
import { pickPlace } from "./pick";
import { drawPlaces } from "./places";
import { layStreets } from "./streets";
import { drawValues } from "./values";

function given(figure: HTMLElement): L.LatLngBounds | null {
  const [west, south, east, north] = (figure.dataset.bounds ?? "")
    .split(",")
    .map(Number);
  if (
    west === undefined ||
    south === undefined ||
    east === undefined ||
    north === undefined
  )
    return null;
  return L.latLngBounds([south, west], [north, east]);
}

export async function openMap(figure: HTMLElement): Promise<void> {
  const canvas = figure.querySelector<HTMLElement>("[data-canvas]");
  if (!canvas) return;
  const words = figure.dataset;
  let data: Awaited<ReturnType<typeof load>>;
  try {
    data = await load(figure);
  } catch {
    canvas.textContent = words.textFailed ?? "";
    return;
  }
  canvas.textContent = "";
  const map = L.map(canvas, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.5,
    minZoom: 6,
    maxZoom: 18,
    maxBoundsViscosity: 0.8,
  });
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", words.textLabel ?? "");
  L.control
    .zoom({ zoomInTitle: words.textZoomIn, zoomOutTitle: words.textZoomOut })
    .addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);

  const bounds = given(figure);
  const frame = bounds ?? L.latLngBounds([]);
  if (!bounds) {
    for (const { geometry } of data.places) {
      const [lon = 0, lat = 0] = geometry.coordinates;
      frame.extend([lat, lon]);
    }
    if (!frame.isValid()) frame.extend(L.geoJSON(data.grounds).getBounds());
  }
  if (frame.isValid())
    map.fitBounds(frame, { padding: [24, 24], maxZoom: 16, animate: false });
  else map.setView([35.5, 104], 6);

  if (words.map === "values") {
    drawValues(map, data.grounds);
    return;
  }
  if (words.ground) void layStreets(map, words.ground);
  drawGrounds(map, data.grounds);
  if (words.map === "pick") pickPlace(map, figure, data.grounds, bounds);
  else drawPlaces(map, data.places, words.textMany ?? "");
}
