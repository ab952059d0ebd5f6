/** On pages that work without signal: the queue on this phone, its page, the service worker. */

import { all, say } from "../parts/dom";
import { queued } from "../offline/form";
import { keepSending } from "../offline/keeper";
import { list } from "../offline/list";
import { person } from "../offline/send";
import { worker } from "../offline/worker";

const words = document.querySelector<HTMLElement>("[data-queue]")?.dataset ?? {};
for (const form of all<HTMLFormElement>("form[data-queued]")) queued(form, words);
for (const page of all<HTMLElement>("[data-queue-page]")) list(page);
if ("kept" in document.documentElement.dataset && navigator.onLine)
  say(words.old ?? "");
worker(words);
if ("indexedDB" in window)
  void person()
    .then(keepSending)
    // A browser that lets pages keep nothing: everything works as without this script.
    .catch(() => undefined);
