/**
 * Sends what waits, in order, each until the server has given its answer.
 *
 * Knows no page: the service worker runs it too. The server takes an id once, so whatever
 * is in doubt (no answer, half an answer) is sent again.
 */

import { alone } from "./lock";
import { change, type Entry, next, note, one, picture, tidy } from "./store";

const CHUNK = 256 * 1024;
const PATIENCE_MS = 40_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** After so many failures of the server at one entry the others go ahead. */
const FAILURES = 4;

export interface Told {
  state?: string;
  url?: string;
  text?: string;
  errors?: Record<string, string[]>;
  missing?: string[];
  problems?: Record<string, string>;
  claim?: boolean;
}

/** The way to the server is cut, or it is busy: everything waits. */
export class Later extends Error {
  constructor(
    readonly pauseMs = 0,
    readonly failed = false,
  ) {
    super("later");
  }
}

export type Progress = (entry: Entry, photo: number, photos: number) => void;

/** Asks the server; throws Later for everything that is no answer of ours. */
async function ask(
  url: string,
  id: string,
  init: RequestInit & { headers?: Record<string, string> },
): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, {
      ...init,
      cache: "no-store",
      credentials: "same-origin",
      // A portal that wants a password first answers with a way elsewhere.
      redirect: "error",
      signal: patience.signal,
      headers: { ...init.headers, "Idempotency-Key": id },
    });
    const busy = response.status === 429 || response.status === 503;
    if (busy || response.status >= 500)
      throw new Later(seconds(response) * 1000, !busy && response.status === 500);
    return response;
  } catch (problem) {
    throw problem instanceof Later ? problem : new Later();
  } finally {
    clearTimeout(timer);
  }
}

function seconds(response: Response): number {
  const given = Number(response.headers.get("Retry-After"));
  return given > 0 && given < 3600 ? given : 0;
}

/** Sends one picture from where the server has it to its end; why not, if it is refused. */
async function sendPicture(id: string): Promise<string> {
  const found = await picture(id);
  if (!found) return "—";
  const url = `/send/photos/${id}`;
  const { octets } = found;
  const far = await ask(url, id, { method: "HEAD" });
  let at = far.ok ? offset(far) : 0;
  for (let tries = 0; tries < 1000; tries++) {
    const part = octets.slice(at, at + CHUNK);
    const answer = await ask(url, id, {
      method: "POST",
      body: part,
      headers: {
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(at),
        "Upload-Length": String(octets.byteLength),
      },
    });
    if (answer.status === 422 || answer.status === 400)
      return ((await told(answer)).text ?? "") || "—";
    if (!answer.headers.has("Upload-Offset")) throw new Later();
    at = offset(answer);
    if (answer.ok && at >= octets.byteLength) return "";
  }
  throw new Later();
}

function offset(response: Response): number {
  const found = Number(response.headers.get("Upload-Offset"));
  return Number.isSafeInteger(found) && found >= 0 ? found : 0;
}

/** Reads an answer of ours; anything else that came in between is none. */
async function told(response: Response): Promise<Told> {
  try {
    const found = (await response.json()) as Told;
    if (typeof found?.state === "string") return found;
  } catch {
    // Cut off on the way, or written by somebody else.
  }
  throw new Later(0, response.status >= 400);
}

async function post(entry: Entry, attended: boolean): Promise<Told> {
  const body = new URLSearchParams(entry.fields);
  const headers: Record<string, string> = {
    "Queue-Written": entry.written,
    "Queue-Sent": new Date().toISOString(),
    "Queue-Person": entry.person,
    "Queue-Photos": entry.photos.join(","),
  };
  if (attended) headers["Queue-Attended"] = "1";
  const answer = await ask(`/send/${entry.code}`, entry.id, {
    method: "POST",
    body,
    headers,
  });
  return told(answer);
}

/** Sends one entry to an answer, its pictures on the way. */
export async function deliver(
  given: Entry,
  { attended = false, progress = (() => undefined) as Progress } = {},
): Promise<Told> {
  let entry = given;
  for (let round = 0; round < 4; round++) {
    const answer = await post(entry, attended);
    if (answer.state === "later") throw new Later();
    if (answer.state !== "photos") return answer;
    const problems = new Map(Object.entries(answer.problems ?? {}));
    const missing = answer.missing ?? [];
    for (const [place, id] of missing.entries()) {
      progress(entry, place + 1, missing.length);
      const why = await sendPicture(id);
      if (why) problems.set(id, why);
    }
    if (problems.size > 0) {
      entry = {
        ...entry,
        photos: entry.photos.filter((id) => !problems.has(id)),
        left: [...entry.left, ...problems.values()],
      };
      await change(entry.id, { photos: entry.photos, left: entry.left });
    }
  }
  throw new Later(0, true);
}

/** Writes an answer down. */
export async function settle(id: string, answer: Told): Promise<void> {
  const known = ["taken", "refused", "sign-in", "conflict"] as const;
  const state = known.find((each) => each === answer.state);
  if (!state) throw new Later();
  await change(id, {
    state,
    text: answer.text ?? "",
    errors: answer.errors ?? {},
    url: answer.url ?? "",
    claim: answer.claim ?? false,
    failures: 0,
    ...(state === "conflict" || state === "taken" ? { done: Date.now() } : {}),
  });
}

let pauseMs = 0;

/** How long to wait before the next try: longer each time, never all phones at once. */
export function pause(): number {
  return pauseMs * (0.75 + Math.random() / 2);
}

export interface Watch {
  progress?: Progress;
  /** Called after every answer. */
  changed?: () => void;
}

/**
 * Sends everything that waits. True when it came to the end, false when something is left
 * for later (see `pause`) or another tab is at it.
 */
export async function sendAll(watch: Watch = {}): Promise<boolean> {
  let whole = false;
  const ours = await alone(async (held) => {
    whole = await run(held, watch);
  });
  if (ours && whole) {
    pauseMs = 0;
    await tidy();
  }
  return ours && whole;
}

async function run(held: () => Promise<void>, watch: Watch): Promise<boolean> {
  let after = 0;
  let urgent = Number.NEGATIVE_INFINITY;
  let skipped = false;
  for (;;) {
    // Asked anew each time: an alarm may be written while the rest is on its way.
    const entry = (await next(urgent, 0)) ?? (await next(after));
    if (!entry) return !skipped;
    await held();
    try {
      const answer = await deliver(entry, { progress: watch.progress });
      await settle(entry.id, answer);
      pauseMs = 0;
    } catch (problem) {
      if (!(problem instanceof Later)) throw problem;
      pauseMs = Math.max(
        problem.pauseMs,
        Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2)),
      );
      if (!problem.failed) return false;
      const failures = entry.failures + 1;
      await change(entry.id, { failures });
      if (failures < FAILURES) return false;
      // The server stumbles over this one: it keeps trying, and the others pass.
      skipped = true;
    } finally {
      watch.changed?.();
    }
    const place = entry.seq ?? after;
    if (place < 0) urgent = place;
    else after = place;
  }
}

/** Tells whose queue it is now; the last one known where there is no way to the server. */
export async function person(): Promise<string> {
  try {
    const answer = await ask("/send/who", "who", { method: "GET" });
    const found = (await told(answer)) as { person?: string };
    return await note("person", found.person ?? "");
  } catch {
    return note("person");
  }
}

/** Takes an entry over for whoever is signed in now. */
export async function claim(id: string): Promise<void> {
  const entry = await one(id);
  if (!entry) return;
  await change(id, { person: await person(), state: "waiting", claim: false });
}
