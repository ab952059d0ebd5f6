/** Maps; fetched by parts/maps.ts when one comes into sight. */

import "leaflet/dist/leaflet.css";
import { openMap } from "../map/open";
import { onArrival } from "../parts/dom";

onArrival<HTMLElement>("[data-map]", (figure) => void openMap(figure));
