/** The desk: htmx, keyboard, bulk selection. */

import { letters } from "../parts/letters";
import { live } from "../parts/live";
import { keys, selection } from "../parts/rows";
import { suggest } from "../parts/suggest";

live();
// Before keys(): a letter of the page itself goes first.
letters();
keys();
selection();
suggest();
