/** Has the service worker put in, tells it how pages look, and offers its updates. */

import { make, say } from "../parts/dom";

type Words = DOMStringMap;

export function worker(words: Words): void {
  const { serviceWorker } = navigator;
  if (!serviceWorker) {
    for (const note of document.querySelectorAll<HTMLElement>("[data-plain]"))
      note.hidden = false;
    return;
  }
  const { lang, dataset } = document.documentElement;
  const look = [lang, dataset.theme, dataset.type, dataset.contrast].join(" ");
  // A copy shows how pages looked when it was made; only the server knows better.
  if (!("kept" in dataset))
    void serviceWorker.ready.then((put) =>
      put.active?.postMessage({ type: "look", look }),
    );
  let asked = false;
  serviceWorker.addEventListener("controllerchange", () => {
    if (asked) location.reload();
  });
  const offer = (waiting: ServiceWorker): void => {
    const box = say(words.update ?? "");
    const button = make("button", "button secondary small", words.updateDo ?? "");
    button.type = "button";
    button.addEventListener("click", () => {
      asked = true;
      waiting.postMessage({ type: "update" });
    });
    box.lastElementChild?.append(button);
  };
  const begin = async (): Promise<void> => {
    const put = await serviceWorker.register("/service-worker.js", {
      updateViaCache: "none",
    });
    if (put.waiting && serviceWorker.controller) offer(put.waiting);
    put.addEventListener("updatefound", () => {
      const coming = put.installing;
      coming?.addEventListener("statechange", () => {
        if (coming.state === "installed" && serviceWorker.controller) offer(coming);
      });
    });
  };
  const start = (): void => void begin().catch(() => undefined);
  // After the page itself: it is what somebody waits for.
  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
}

/** Asks to be woken when there is signal, where the browser knows how. */
export function wakeMe(): void {
  interface Waking extends ServiceWorkerRegistration {
    sync?: { register(name: string): Promise<void> };
  }
  void navigator.serviceWorker?.ready
    .then((put: Waking) => put.sync?.register("queue"))
    .catch(() => undefined);
}
