/** Drawing on the map what one thinks of: two points for a bridge, one for a facility. */

import * as L from "leaflet";
import { all, make } from "../parts/dom";
import { type Ground, latOf, lonOf, mercatorX, mercatorY, nearest } from "./ground";

const SNAP_PX = 28;
const STEP_PX = 10;
const LEAP_PX = 60;
const WORLD_PX = 256;
const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

interface Tool {
  /** What the server calls the change; points are appended. */
  code: string;
  points: number;
}

export class Drawing {
  private tool: Tool | null = null;
  private button: HTMLButtonElement | null = null;
  private points: L.LatLng[] = [];
  private readonly layer = L.layerGroup();
  private readonly cross: L.Marker;
  private readonly rubber = L.polyline([], {
    className: "circle-rubber",
    interactive: false,
  });

  constructor(
    private readonly map: L.Map,
    private readonly figure: HTMLElement,
    private readonly ground: () => Ground | null,
    private readonly done: (change: string) => void,
  ) {
    this.cross = L.marker(map.getCenter(), {
      interactive: false,
      keyboard: false,
      icon: L.divIcon({
        html: make("span"),
        className: "circle-cross",
        iconSize: [44, 44],
      }),
    });
    for (const button of all<HTMLButtonElement>("[data-draw]")) {
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => this.press(button));
    }
    for (const box of all<HTMLElement>("[data-draw-tools]")) box.hidden = false;
    this.layer.addTo(map);
    map.on("click", (event) => this.take(event.latlng));
    map.on("mousemove", (event) => this.show(event.latlng));
    map.getContainer().addEventListener("keydown", (event) => this.key(event), true);
  }

  get busy(): boolean {
    return this.tool !== null;
  }

  private say(text: string | undefined): void {
    const said = this.figure.querySelector("[data-said]");
    if (said) said.textContent = text ?? "";
  }

  private press(button: HTMLButtonElement): void {
    const again = this.button === button;
    this.stop();
    if (again) return;
    this.tool = {
      code: button.dataset.draw ?? "",
      points: Number(button.dataset.points ?? 1),
    };
    this.button = button;
    button.setAttribute("aria-pressed", "true");
    this.figure.toggleAttribute("data-drawing", true);
    this.say(button.dataset.say);
    this.cross.setLatLng(this.map.getCenter());
    this.map.keyboard.disable();
    this.map.getContainer().focus({ preventScroll: true });
    this.figure.scrollIntoView({ block: "nearest" });
  }

  stop(): void {
    this.button?.setAttribute("aria-pressed", "false");
    this.button = null;
    this.tool = null;
    this.points = [];
    this.layer.clearLayers();
    this.figure.toggleAttribute("data-drawing", false);
    this.map.keyboard.enable();
  }

  /** Puts a point onto the street beside it, if there is one. */
  private snapped(at: L.LatLng): L.LatLng {
    const ground = this.ground();
    if (!ground) return at;
    const reach = SNAP_PX / (WORLD_PX * 2 ** this.map.getZoom());
    const found = nearest(ground, mercatorX(at.lng), mercatorY(at.lat), reach);
    return found ? L.latLng(latOf(found.y), lonOf(found.x)) : at;
  }

  private take(at: L.LatLng): void {
    if (!this.tool) return;
    const point = this.snapped(at);
    this.points.push(point);
    L.circleMarker(point, {
      radius: 6,
      className: "circle-link-end",
      interactive: false,
    }).addTo(this.layer);
    if (this.points.length < this.tool.points) {
      this.say(this.button?.dataset.sayNext);
      return;
    }
    const places = this.points.map(
      ({ lng, lat }) => `${lng.toFixed(6)},${lat.toFixed(6)}`,
    );
    const change = [this.tool.code, ...places].join(":");
    this.stop();
    this.say(this.figure.dataset.textTrying);
    this.done(change);
  }

  /** Shows where a point would go, and how long the link would be. */
  private show(at: L.LatLng): void {
    const first = this.points[0];
    if (!this.tool || !first) return;
    const to = this.snapped(at);
    this.rubber.setLatLngs([first, to]);
    if (!this.layer.hasLayer(this.rubber)) this.rubber.addTo(this.layer);
    const metres = Math.round(this.map.distance(first, to));
    this.say(
      `${this.button?.dataset.sayNext ?? ""} ${metres} ${this.figure.dataset.textMetres ?? "m"}`,
    );
  }

  private key(event: KeyboardEvent): void {
    if (!this.tool || event.target !== this.map.getContainer()) return;
    if (event.key === "Escape") {
      const { button } = this;
      this.stop();
      this.say("");
      button?.focus();
      return;
    }
    const shown = this.layer.hasLayer(this.cross);
    const arrow = ARROWS[event.key];
    if (event.key !== "Enter" && !arrow) return;
    event.preventDefault();
    event.stopPropagation();
    if (!shown) this.cross.addTo(this.layer);
    if (!arrow) {
      if (shown) this.take(this.cross.getLatLng());
      return;
    }
    const reach = event.shiftKey ? LEAP_PX : STEP_PX;
    const from = this.map.latLngToContainerPoint(this.cross.getLatLng());
    const to = this.map.containerPointToLatLng(
      from.add([arrow[0] * reach, arrow[1] * reach]),
    );
    this.cross.setLatLng(to);
    this.map.panInside(to, { padding: [60, 60], animate: false });
    this.show(to);
  }
}
