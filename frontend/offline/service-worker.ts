/**
 * Opens the named public pages without signal and sends what waits.
 *
 * Kept are copies as everybody sees them (/send/copy) and the files they are made of;
 * never a page of staff, never a receipt, never what the network answered to somebody.
 */

import { listenForPush, type PushWorker } from "./push";
import { sendAll } from "./send";

interface Told {
  pages: string[];
  parts: [string, string][];
  copy: string;
  queue: string;
  static: string;
  version: string;
}

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Speaking extends Extendable {
  data: { type?: string; look?: string } | null;
}
interface Scope {
  WUGEYI: Told;
  clients: {
    claim(): Promise<void>;
    matchAll(): Promise<{ postMessage(what: unknown): void }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(
    type: "install" | "activate" | "sync",
    on: (e: Extendable) => void,
  ): void;
  addEventListener(type: "fetch", on: (e: Fetching) => void): void;
  addEventListener(type: "message", on: (e: Speaking) => void): void;
}

const here = self as unknown as Scope;
const { pages, parts, copy, queue, static: files, version } = here.WUGEYI;
const CACHE = `wugeyi-${version}`;
const PATIENCE_MS = 5_000;
const STALE_MS = 6 * 3600 * 1000;
const LARGEST_DATA = 1024 * 1024;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

const copyOf = (page: string): string => `${copy}?page=${encodeURIComponent(page)}`;

/** Fetches a page's copy and whatever it is made of; leaves the old one if that fails. */
async function renew(page: string): Promise<void> {
  const cache = await caches.open(CACHE);
  const answer = await fetch(copyOf(page), {
    cache: "no-store",
    credentials: "same-origin",
    redirect: "error",
  });
  if (answer.status >= 502) throw new Error(`${page}: ${answer.status}`);
  // A page that is not for everybody, or is broken, cannot be kept and hinders no other.
  if (!answer.ok) return;
  const markup = await answer.clone().text();
  const parts = new Set<string>();
  for (const [, part] of markup.matchAll(/"([^"?#\s]+)/g))
    if (part?.startsWith(files) && /\.\w+$/.test(part)) parts.add(part);
  await Promise.all(
    Array.from(parts, async (part) => {
      if (await cache.match(part)) return;
      const file = await fetch(part, { redirect: "error" });
      if (file.ok) await cache.put(part, file);
    }),
  );
  await cache.put(copyOf(page), answer);
}

/** What a map draws, fetched as everybody gets it; a page opens without it too. */
async function renewData(page: string): Promise<void> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(copyOf(page));
  const markup = (await kept?.text()) ?? "";
  for (const [, part] of markup.matchAll(
    /data-(?:areas-url|url|ground)="(\/[^"]*)"/g,
  )) {
    const url = part?.replaceAll("&amp;", "&") ?? "";
    if (pages.includes(url) || (await cache.match(url))) continue;
    const answer = await fetch(url, { credentials: "omit", redirect: "error" });
    const markupOrPage = answer.headers.get("Content-Type")?.startsWith("text/html");
    if (!answer.ok || markupOrPage) continue;
    const size = (await answer.clone().arrayBuffer()).byteLength;
    if (size <= LARGEST_DATA) await cache.put(url, answer);
  }
}

async function renewAll(): Promise<void> {
  for (const page of pages) await renew(page).catch(() => undefined);
  for (const page of pages) await renewData(page).catch(() => undefined);
}

async function tellAll(what: unknown): Promise<void> {
  for (const client of await here.clients.matchAll()) client.postMessage(what);
}

function send(): Promise<unknown> {
  return sendAll({ changed: () => void tellAll({ type: "changed" }) }).catch(
    () => undefined,
  );
}

async function kept(page: string): Promise<Response | undefined> {
  const found = await (await caches.open(CACHE)).match(copyOf(page));
  // Told as what it is: an answer of another address would be refused for a page.
  return found && new Response(await found.blob(), { headers: found.headers });
}

/** The kept page that holds what an address shows, and where on it. */
function whereOf(path: string): { page: string; part: string } | undefined {
  const [start, page] = parts.find(([begins]) => path.startsWith(begins)) ?? [];
  const part = path.slice(start?.length);
  return start && page && part && !part.includes("/") ? { page, part } : undefined;
}

/** The network, unless it is too slow for somebody who has a copy. */
async function pageOf(
  request: Request,
  held: Promise<Response | undefined>,
): Promise<Response> {
  const network = fetch(request);
  const copied = await held;
  if (!copied) return network.catch(() => elsewhere());
  const slow = new Promise<null>((done) => setTimeout(() => done(null), PATIENCE_MS));
  const answer = await Promise.race([network.catch(() => null), slow]);
  // A gateway without a way on is no answer either.
  return answer && answer.status < 502 ? answer : copied;
}

async function partOf(page: string, part: string): Promise<Response | undefined> {
  return (await kept(page)) && Response.redirect(`${page}#${part}`, 302);
}

async function elsewhere(): Promise<Response> {
  return (await kept(queue)) ? Response.redirect(queue, 302) : Response.error();
}

async function fileOf(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  const cache = await caches.open(CACHE);
  const known = await cache.match(path);
  if (known && HASHED.test(path)) return known;
  try {
    const answer = await fetch(request);
    if (answer.ok && HASHED.test(path) && /\.(js|css|svg)$/.test(path))
      await cache.put(path, answer.clone());
    return answer;
  } catch (problem) {
    if (known) return known;
    throw problem;
  }
}

async function dataOf(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (problem) {
    const { pathname, search } = new URL(request.url);
    const known = await (await caches.open(CACHE)).match(pathname + search);
    if (known) return known;
    throw problem;
  }
}

async function freshen(path: string): Promise<void> {
  const found = await (await caches.open(CACHE)).match(copyOf(path));
  const age = Date.now() - Date.parse(found?.headers.get("Date") ?? "");
  // Also when the phone's clock was set: no age is a reason to look.
  if (!found || !(age >= 0 && age < STALE_MS)) await renew(path).catch(() => undefined);
}

async function look(now: string): Promise<void> {
  const cache = await caches.open(CACHE);
  const before = await (await cache.match("/look"))?.text();
  if (before === now) return;
  await cache.put("/look", new Response(now));
  if (before !== undefined) await renewAll();
}

here.addEventListener("install", (event) => {
  // All pages or none: half a version must not take over from a whole one.
  event.waitUntil(Promise.all(pages.map(renew)));
});

here.addEventListener("activate", (event) => {
  const clean = async (): Promise<void> => {
    for (const name of await caches.keys())
      if (name.startsWith("wugeyi-") && name !== CACHE) await caches.delete(name);
    await here.clients.claim();
    for (const page of pages) void renewData(page).catch(() => undefined);
  };
  event.waitUntil(clean());
});

here.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    const where = whereOf(url.pathname);
    if (pages.includes(url.pathname)) {
      event.respondWith(pageOf(request, kept(url.pathname)));
      event.waitUntil(freshen(url.pathname).then(send));
    } else if (where) {
      event.respondWith(pageOf(request, partOf(where.page, where.part)));
      event.waitUntil(freshen(where.page));
    } else event.respondWith(fetch(request).catch(() => elsewhere()));
    return;
  }
  if (url.pathname.startsWith(files)) event.respondWith(fileOf(request));
  else if (/\.(geo)?json$/.test(url.pathname)) event.respondWith(dataOf(request));
});

here.addEventListener("message", (event) => {
  const { type, look: now } = event.data ?? {};
  if (type === "update") void here.skipWaiting();
  else if (type === "look" && now) event.waitUntil(look(now));
});

listenForPush(self as unknown as PushWorker);

// Where the browser knows it: sends even when no page is open.
here.addEventListener("sync", (event) => event.waitUntil(send()));
