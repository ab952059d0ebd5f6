/** The map of a life circle; fetched by parts/maps.ts when one comes into sight. */

import "leaflet/dist/leaflet.css";
import { openCircle } from "../circle/open";
import { onArrival } from "../parts/dom";

onArrival<HTMLElement>("[data-map=circle]", (figure) => void openCircle(figure));
