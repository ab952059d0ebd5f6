/** The desk: htmx, keyboard, bulk selection. */

import { live } from "../parts/live";
import { keys, selection } from "../parts/rows";

live();
keys();
selection();
