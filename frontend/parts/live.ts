/** htmx, held to this site, to markup without scripts, and to telling when it failed. */

import htmx from "htmx.org";
import { say } from "./dom";

export function live(): void {
  htmx.config.includeIndicatorStyles = false;
  htmx.config.allowEval = false;
  htmx.config.allowScriptTags = false;
  htmx.config.selfRequestsOnly = true;
  // Pages hold people's words: no copies of them in the browser's storage.
  htmx.config.historyCacheSize = 0;
  htmx.config.refreshOnHistoryMiss = true;
  const words = document.getElementById("notices")?.dataset ?? {};
  document.addEventListener("htmx:sendError", () => say(words.failed ?? "", "urgent"));
  document.addEventListener("htmx:timeout", () => say(words.failed ?? "", "urgent"));
  document.addEventListener("htmx:responseError", () =>
    say(words.refused ?? "", "urgent"),
  );
}
