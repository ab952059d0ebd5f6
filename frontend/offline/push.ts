/**
 * What the service worker does with pushed messages. It calls `listenForPush(self)` once.
 *
 * A message is JSON: title, body, url (a full address of this site), tag, lang. The same
 * tag shows one notification, however often it comes.
 */

interface Told {
  title?: string;
  body?: string;
  url?: string;
  tag?: string;
  lang?: string;
}

/** The little of a service worker that is needed here: its types are in no library we load. */
interface Waiting {
  waitUntil(work: Promise<unknown>): void;
}

interface Pushed extends Event, Waiting {
  data: { json(): unknown } | null;
}

interface Clicked extends Event, Waiting {
  notification: Notification;
}

interface Opened {
  url: string;
  focus(): Promise<unknown>;
}

export interface PushWorker extends EventTarget {
  registration: ServiceWorkerRegistration;
  location: { origin: string };
  clients: {
    matchAll(options: { type: "window" }): Promise<readonly Opened[]>;
    openWindow(url: string): Promise<unknown>;
  };
}

function read(event: Pushed): Told {
  try {
    return (event.data?.json() ?? {}) as Told;
  } catch {
    return {};
  }
}

/** Only pages of this site are opened, whatever a message says. */
function ours(worker: PushWorker, address: string | undefined): string {
  try {
    const url = new URL(address ?? "/", worker.location.origin);
    if (url.origin === worker.location.origin) return url.href;
  } catch {
    // Not an address.
  }
  return `${worker.location.origin}/`;
}

async function show(worker: PushWorker, told: Told): Promise<void> {
  // Browsers end a subscription whose messages show nothing.
  await worker.registration.showNotification(told.title || "五个一", {
    body: told.body ?? "",
    tag: told.tag ?? "wugeyi",
    lang: told.lang ?? "zh-hans",
    data: ours(worker, told.url),
  });
}

async function open(worker: PushWorker, url: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: "window" });
  const there = pages.find((page) => page.url === url);
  await (there ? there.focus() : worker.clients.openWindow(url));
}

export function listenForPush(worker: PushWorker): void {
  worker.addEventListener("push", (event) => {
    const pushed = event as Pushed;
    pushed.waitUntil(show(worker, read(pushed)));
  });
  worker.addEventListener("notificationclick", (event) => {
    const clicked = event as Clicked;
    clicked.notification.close();
    clicked.waitUntil(open(worker, String(clicked.notification.data ?? "/")));
  });
}
