/** A layer of a map drawn on one canvas, for what is too much for elements. */

import * as L from "leaflet";

/** What a painter draws on: pixels of the screen, and how to get there from the square. */
export interface Sheet {
  ctx: CanvasRenderingContext2D;
  /** Pixels a whole world is wide at this zoom. */
  scale: number;
  /** The corner of the canvas, in pixels of the world. */
  left: number;
  top: number;
  width: number;
  height: number;
  zoom: number;
}

const WORLD_PX = 256;
/** How far beyond the window is drawn, so that a short drag shows no edge. */
const MARGIN = 0.15;

export class CanvasLayer extends L.Layer {
  private canvas: HTMLCanvasElement | null = null;
  private northWest = L.latLng(0, 0);
  private drawnAt = 0;
  private waits = 0;

  constructor(
    private readonly paint: (sheet: Sheet) => void,
    pane: string,
  ) {
    super();
    // Leaflet's bare layer takes no options by itself.
    L.Util.setOptions(this, { pane });
  }

  override onAdd(map: L.Map): this {
    const canvas = document.createElement("canvas");
    canvas.className = "leaflet-zoom-animated circle-sheet";
    canvas.setAttribute("aria-hidden", "true");
    this.canvas = canvas;
    map.getPane(this.options.pane ?? "overlayPane")?.append(canvas);
    map.on("moveend resize", this.draw, this);
    map.on("zoomanim", this.follow, this);
    this.draw();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off("moveend resize", this.draw, this);
    map.off("zoomanim", this.follow, this);
    this.canvas?.remove();
    this.canvas = null;
    return this;
  }

  /** Draws anew, once for all who ask before the next picture. */
  refresh(): void {
    if (this.waits) return;
    this.waits = requestAnimationFrame(() => {
      this.waits = 0;
      this.draw();
    });
  }

  private draw(): void {
    const map: L.Map | undefined = this._map;
    const { canvas } = this;
    const ctx = canvas?.getContext("2d");
    if (!map || !canvas || !ctx) return;
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint(size.multiplyBy(-MARGIN)).round();
    const width = Math.round(size.x * (1 + 2 * MARGIN));
    const height = Math.round(size.y * (1 + 2 * MARGIN));
    const dense = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = width * dense;
    canvas.height = height * dense;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    L.DomUtil.setTransform(canvas, corner, 1);
    this.northWest = map.layerPointToLatLng(corner);
    this.drawnAt = map.getZoom();
    const origin = map.getPixelOrigin().add(corner);
    ctx.setTransform(dense, 0, 0, dense, 0, 0);
    this.paint({
      ctx,
      scale: WORLD_PX * 2 ** this.drawnAt,
      left: origin.x,
      top: origin.y,
      width,
      height,
      zoom: this.drawnAt,
    });
  }

  /** Grows or shrinks the picture with the map until it is drawn anew. */
  private follow(event: L.LeafletEvent): void {
    const map: L.Map | undefined = this._map;
    if (!map || !this.canvas) return;
    const { center, zoom } = event as L.ZoomAnimEvent;
    const moved = L.DomUtil.getPosition(map.getPane("mapPane") as HTMLElement);
    const origin = map
      .project(center, zoom)
      .subtract(map.getSize().divideBy(2))
      .add(moved)
      .floor();
    const corner = map.project(this.northWest, zoom).subtract(origin);
    L.DomUtil.setTransform(this.canvas, corner, map.getZoomScale(zoom, this.drawnAt));
  }
}
