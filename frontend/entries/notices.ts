/** "Tell me on this device": asks the browser, then sends what it gave. */

import { onArrival, say } from "../parts/dom";

function octets(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  const found = new Uint8Array(plain.length);
  for (let at = 0; at < plain.length; at += 1) found[at] = plain.charCodeAt(at);
  return found;
}

async function worker(): Promise<ServiceWorkerRegistration> {
  const there = await navigator.serviceWorker.getRegistration("/");
  if (!there) await navigator.serviceWorker.register("/service-worker.js");
  return navigator.serviceWorker.ready;
}

async function subscription(key: string): Promise<PushSubscription> {
  const { pushManager } = await worker();
  const known = await pushManager.getSubscription();
  if (known) {
    const own = new Uint8Array(
      known.options.applicationServerKey ?? new ArrayBuffer(0),
    );
    if (own.join() === octets(key).join()) return known;
    // Made with a key the server has no more.
    await known.unsubscribe();
  }
  return pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: octets(key),
  });
}

async function send(form: HTMLFormElement): Promise<string> {
  const given = (await subscription(form.dataset.push ?? "")).toJSON();
  const body = new FormData(form);
  body.set("endpoint", given.endpoint ?? "");
  body.set("p256dh", given.keys?.p256dh ?? "");
  body.set("auth", given.keys?.auth ?? "");
  const answer = await fetch(form.action, { method: "POST", body });
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { text: string }).text;
}

async function ask(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button");
  if (button) button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") {
      say(form.dataset.denied ?? "", "warn");
      return;
    }
    say(await send(form), "good");
    form.hidden = true;
  } catch {
    say(form.dataset.failed ?? "", "warn");
  } finally {
    if (button) button.disabled = false;
  }
}

onArrival<HTMLFormElement>("form[data-push]", (form) => {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) return;
  if (!("Notification" in window)) return;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask(form);
  });
});
