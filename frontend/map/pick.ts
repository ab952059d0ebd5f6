/** Choosing one point: by finger, by mouse, by arrow keys, or from the phone's own position. */

import * as L from "leaflet";
import { make } from "../parts/dom";
import { type Ground, holds } from "./data";

const STEP_PX = 10;
const LEAP_PX = 60;
const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

function input(id: string | undefined): HTMLInputElement | null {
  const found = id ? document.getElementById(id) : null;
  return found instanceof HTMLInputElement ? found : null;
}

export function pickPlace(
  map: L.Map,
  figure: HTMLElement,
  grounds: Ground[],
  bounds: L.LatLngBounds | null,
): void {
  const words = figure.dataset;
  const lon = input(words.lon);
  const lat = input(words.lat);
  const said = figure.querySelector<HTMLElement>("[data-said]");
  const pin = L.marker(map.getCenter(), {
    draggable: true,
    keyboard: false,
    icon: L.divIcon({
      html: make("span"),
      className: "map-pin",
      iconSize: [34, 44],
      iconAnchor: [17, 44],
    }),
  });

  const tell = (text: string | undefined, wrong = false): void => {
    if (!said) return;
    said.textContent = text ?? "";
    said.toggleAttribute("data-wrong", wrong);
  };

  const outside = (at: L.LatLng): boolean => {
    if (grounds.length > 0)
      return !grounds.some((ground) => holds(ground, at.lng, at.lat));
    return bounds !== null && !bounds.contains(at);
  };

  const write = (): void => {
    const at = pin.getLatLng();
    if (lon) lon.value = at.lng.toFixed(6);
    if (lat) lat.value = at.lat.toFixed(6);
    if (outside(at)) tell(words.textOutside, true);
    else tell(words.textSet);
    (lat ?? figure).dispatchEvent(new Event("change", { bubbles: true }));
  };

  const place = (at: L.LatLng): void => {
    pin.setLatLng(at);
    if (!map.hasLayer(pin)) pin.addTo(map);
  };

  if (lon?.value && lat?.value) {
    const at = L.latLng(Number(lat.value), Number(lon.value));
    place(at);
    map.setView(at, 16, { animate: false });
  }
  map.on("click", (event) => {
    place(event.latlng);
    write();
  });
  pin.on("dragend", write);

  map.keyboard.disable();
  const canvas = map.getContainer();
  canvas.tabIndex = 0;
  canvas.addEventListener("focus", () => tell(words.textKeys));
  canvas.addEventListener("keydown", (event) => {
    if (event.target !== canvas) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (!map.hasLayer(pin)) place(map.getCenter());
      write();
      return;
    }
    if (event.key === "+" || event.key === "-")
      map.setZoom(map.getZoom() + (event.key === "+" ? 1 : -1));
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    if (!map.hasLayer(pin)) place(map.getCenter());
    const reach = event.shiftKey ? LEAP_PX : STEP_PX;
    const from = map.latLngToContainerPoint(pin.getLatLng());
    place(map.containerPointToLatLng(from.add([arrow[0] * reach, arrow[1] * reach])));
    map.panInside(pin.getLatLng(), { padding: [60, 60], animate: false });
  });

  const tools = figure.querySelector<HTMLElement>("[data-tools]");
  if (!tools || !("geolocation" in navigator)) return;
  const here = make("button", "button secondary small", words.textHere ?? "");
  here.type = "button";
  here.addEventListener("click", () => {
    tell(words.textFinding);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const at = L.latLng(coords.latitude, coords.longitude);
        place(at);
        if (!outside(at)) map.setView(at, 16);
        write();
      },
      () => tell(words.textDenied, true),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
  tools.append(here);
  tools.hidden = false;
}
