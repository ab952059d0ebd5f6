/** Draws a life circle into <figure data-map="circle">: streets, homes, facilities, ideas. */

import * as L from "leaflet";
import { make, onArrival } from "../parts/dom";
import { pickPlace } from "../map/pick";
import { type Colours, colours, onTheme } from "./colours";
import { Drawing } from "./draw";
import { fetchGround, type Ground, mercatorX, mercatorY } from "./ground";
import { type Home, homeAt, paintHomes, radius, readHomes, turnHomes } from "./homes";
import { CanvasLayer } from "./layer";
import { drawFacilities, drawThoughts, type Said } from "./marks";
import { paintArea, paintRoads } from "./roads";
import { fetchScene, type Outcome, type Scene, writtenScene } from "./scene";

const WORLD_PX = 256;
const NEAR_PX = 10;

function frame(figure: HTMLElement): L.LatLngBounds | null {
  const given = (figure.dataset.bounds ?? "").split(",").map(Number);
  const [west, south, east, north] = given;
  if (given.length !== 4 || given.some(Number.isNaN)) return null;
  return L.latLngBounds([south ?? 0, west ?? 0], [north ?? 0, east ?? 0]);
}

function begin(figure: HTMLElement, canvas: HTMLElement): L.Map {
  const words = figure.dataset;
  canvas.textContent = "";
  const map = L.map(canvas, {
    attributionControl: false,
    zoomControl: false,
    zoomSnap: 0.5,
    minZoom: 10,
    maxZoom: 19,
    maxBoundsViscosity: 0.8,
  });
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", words.textLabel ?? "");
  L.control
    .zoom({ zoomInTitle: words.textZoomIn, zoomOutTitle: words.textZoomOut })
    .addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
  const bounds = frame(figure);
  if (bounds) {
    map.fitBounds(bounds, { padding: [16, 16], maxZoom: 17, animate: false });
    map.setMaxBounds(bounds.pad(0.6));
  } else map.setView([35.5, 104], 10);
  for (const [name, order] of [
    ["circle-roads", 250],
    ["circle-homes", 450],
  ] as const) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(order);
    pane.style.pointerEvents = "none";
  }
  return map;
}

/** 7 分钟: the words come from the page, so that they are in its language. */
function minutes(figure: HTMLElement, seconds: number | null): string {
  const { textMinutes = "{}", textOutside = "" } = figure.dataset;
  if (seconds === null) return textOutside;
  return textMinutes.replace("{}", String(Math.ceil(seconds / 60)));
}

function describe(figure: HTMLElement, home: Home): HTMLElement {
  const { textResidents = "{}" } = figure.dataset;
  const box = make("div", "map-popup");
  box.append(make("strong", "", home.name));
  const time =
    home.turn === ""
      ? minutes(figure, home.seconds)
      : `${minutes(figure, home.before)} → ${minutes(figure, home.seconds)}`;
  box.append(make("p", "", time));
  if (home.residents > 0)
    box.append(
      make("p", "small soft", textResidents.replace("{}", String(home.residents))),
    );
  return box;
}

class CircleMap {
  private ground: Ground | null = null;
  private scene: Scene | null = null;
  private homes: Home[] = [];
  private outcome: Outcome | null = null;
  private colour: Colours = colours();
  private readonly roads: CanvasLayer;
  private readonly dots: CanvasLayer;
  private readonly marks = L.layerGroup();
  private readonly thoughts = L.layerGroup();
  private drawing: Drawing | null = null;

  constructor(
    private readonly figure: HTMLElement,
    private readonly map: L.Map,
  ) {
    this.roads = new CanvasLayer((sheet) => {
      sheet.ctx.clearRect(0, 0, sheet.width, sheet.height);
      if (this.scene) paintArea(sheet, this.scene.area, this.colour);
      if (this.ground) paintRoads(sheet, this.ground, this.colour);
    }, "circle-roads");
    this.dots = new CanvasLayer((sheet) => {
      const tried = this.outcome !== null && this.outcome.homes.length > 0;
      paintHomes(sheet, this.homes, this.scene?.limit ?? 0, this.colour, tried);
    }, "circle-homes");
    this.roads.addTo(map);
    this.dots.addTo(map);
    this.thoughts.addTo(map);
    this.marks.addTo(map);
    onTheme(() => {
      this.colour = colours();
      this.roads.refresh();
      this.dots.refresh();
    });
    map.on("click", (event) => this.ask(event.latlng));
    map.on("mousemove", (event) => this.point(event.latlng));
  }

  async load(): Promise<void> {
    const { ground, scene } = this.figure.dataset;
    const [streets, stands] = await Promise.all([
      ground ? fetchGround(ground) : null,
      scene ? fetchScene(scene) : writtenScene(this.figure),
    ]);
    this.ground = streets;
    this.scene = stands;
    this.homes = stands ? readHomes(stands.homes) : [];
    this.show(this.outcome);
    this.roads.refresh();
    this.figure.dataset.ready = "";
  }

  /** Lets change: where the page has a form that answers to what is drawn. */
  letDraw(form: HTMLFormElement): void {
    const send = (change: string): void => {
      const input = make("input");
      input.type = "hidden";
      input.name = "change";
      input.value = change;
      (form.querySelector("[data-changes]") ?? form).append(input);
      this.map.closePopup();
      form.requestSubmit();
    };
    this.drawing = new Drawing(this.map, this.figure, () => this.ground, send);
    this.send = send;
  }

  private send: ((change: string) => void) | null = null;

  show(outcome: Outcome | null): void {
    this.outcome = outcome;
    if (!this.scene) return;
    turnHomes(this.homes, this.scene.limit, outcome);
    const { send, figure } = this;
    const said: Said | null = send
      ? {
          shut: figure.dataset.textShut ?? "",
          onShut: (facility) => send(`shut:${facility.id}`),
        }
      : null;
    drawFacilities(this.marks, this.scene.facilities, outcome, said);
    drawThoughts(this.thoughts, outcome);
    this.dots.refresh();
  }

  private under(at: L.LatLng): Home | null {
    const scale = WORLD_PX * 2 ** this.map.getZoom();
    const [x, y] = [mercatorX(at.lng), mercatorY(at.lat)];
    const found = homeAt(this.homes, x, y, 24 / scale);
    if (!found) return null;
    const off = Math.hypot(found.x - x, found.y - y) * scale;
    return off <= Math.max(NEAR_PX, radius(found, this.map.getZoom()) + 3)
      ? found
      : null;
  }

  private ask(at: L.LatLng): void {
    if (this.drawing?.busy) return;
    const home = this.under(at);
    if (!home) return;
    L.popup({ maxHeight: 240 })
      .setLatLng([home.lat, home.lon])
      .setContent(describe(this.figure, home))
      .openOn(this.map);
  }

  private point(at: L.LatLng): void {
    const over = !this.drawing?.busy && this.under(at) !== null;
    this.map.getContainer().classList.toggle("circle-over", over);
  }
}

function read(text: string | undefined): Outcome | null {
  return text ? (JSON.parse(text) as Outcome) : null;
}

export async function openCircle(figure: HTMLElement): Promise<void> {
  const canvas = figure.querySelector<HTMLElement>("[data-canvas]");
  if (!canvas) return;
  const map = begin(figure, canvas);
  const circle = new CircleMap(figure, map);
  const form = document.querySelector<HTMLFormElement>("form[data-try]");
  if (form) circle.letDraw(form);
  if (figure.dataset.lon) pickPlace(map, figure, [], frame(figure));
  try {
    await circle.load();
  } catch {
    const said = figure.querySelector("[data-said]");
    if (said) said.textContent = figure.dataset.textFailed ?? "";
    return;
  }
  const { outcomeHere } = figure.dataset;
  if (outcomeHere !== undefined) circle.show(read(outcomeHere));
  else
    onArrival<HTMLElement>("[data-outcome]", (element) => {
      circle.show(read(element.dataset.outcome));
      // What was drawn stands among the changes now, with a tick to take it back.
      form?.querySelector("[data-changes]")?.replaceChildren();
      const said = figure.querySelector("[data-said]");
      if (said) said.textContent = element.dataset.say ?? "";
    });
}
