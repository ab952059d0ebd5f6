/** The page where people report: hints while typing (htmx), and an id that makes a repeat harmless. */

import { live } from "../parts/live";

live();
for (const input of document.querySelectorAll<HTMLInputElement>(
  "input[data-client-id]",
))
  if (input.value === "" && "randomUUID" in crypto) input.value = crypto.randomUUID();
