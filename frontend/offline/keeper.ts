/** Sends what waits whenever there may be signal: now, on a sign of it, and by and by. */

import { pause, sendAll } from "./send";
import { next } from "./store";

type Listener = () => void;
const listeners = new Set<Listener>();
const others =
  "BroadcastChannel" in window ? new BroadcastChannel("wugeyi-queue") : null;

const FIRST = Number.NEGATIVE_INFINITY;
let timer = 0;
let busy: Promise<void> | null = null;
let again = false;
/** When the next try is due by this page's clock, in milliseconds; 0 for none. */
export let due = 0;

export function onChange(listener: Listener): void {
  listeners.add(listener);
}

export function changed(local = true): void {
  for (const each of listeners) each();
  if (local) others?.postMessage("changed");
}

async function once(): Promise<void> {
  window.clearTimeout(timer);
  due = 0;
  let whole = false;
  try {
    whole = await sendAll({ changed });
  } catch {
    // The store is shut or full: what waits stays there, tried again by and by.
  }
  const left = whole ? undefined : await next(FIRST).catch(() => undefined);
  if (left) {
    // Another tab may be at it; then this one only looks again.
    const wait = Math.max(pause(), 3_000);
    due = Date.now() + wait;
    timer = window.setTimeout(() => void kick(), wait);
  }
  changed(false);
}

export function kick(): Promise<void> {
  if (busy) {
    again = true;
    return busy;
  }
  busy = once().finally(() => {
    busy = null;
    if (!again) return;
    again = false;
    void kick();
  });
  return busy;
}

export function keepSending(): void {
  window.addEventListener("online", () => void kick());
  window.addEventListener("offline", () => changed(false));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void kick();
  });
  others?.addEventListener("message", () => changed(false));
  navigator.serviceWorker?.addEventListener("message", (event) => {
    if ((event.data as { type?: string } | null)?.type === "changed") changed(false);
  });
  void kick();
}
