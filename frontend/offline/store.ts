/** What waits on this phone, in IndexedDB: entries without their pictures, and the pictures. */

const NAME = "wugeyi";
export const VERSION = 2;
/** What a page was sending itself is the queue's again when the page is gone this long. */
const ATTENDED_MS = 90_000;
const KEEP_DONE_MS = 30 * 24 * 3600 * 1000;

export type State =
  "waiting" | "refused" | "sign-in" | "conflict" | "taken" | "attended";

const HANDFUL = 40;

/** Places before all others, for what cannot wait; the first of them. */
const FIRST_URGENT = -1_000_000_000;

/** One thing somebody wrote. `seq` is its place in the queue: lower goes first. */
export interface Entry {
  seq?: number;
  id: string;
  code: string;
  page: string;
  /** Name and value of each field, in the form's order. */
  fields: [string, string][];
  photos: string[];
  /** The server's tag for whoever was signed in when it was written; "" for nobody. */
  person: string;
  written: string;
  state: State;
  /** How often the server failed at it: such a one lets others pass. */
  failures: number;
  text: string;
  errors: Record<string, string[]>;
  url: string;
  claim: boolean;
  /** Why single pictures were left out. */
  left: string[];
  /** By the phone's clock; only orders and forgets what is done. */
  done: number;
}

export interface Picture {
  id: string;
  name: string;
  type: string;
  octets: ArrayBuffer;
}

/** The first form of an entry: pictures inside it, nobody's tag. */
interface EntryOfOne {
  seq: number;
  id: string;
  code: string;
  page: string;
  fields: [string, string][];
  photos: { id: string; name: string; type: string; octets: ArrayBuffer }[];
  written: string;
  state: State;
}

function wish<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error("no answer"));
  });
}

function ended(deed: IDBTransaction): Promise<void> {
  return new Promise((done, fail) => {
    deed.oncomplete = () => done();
    deed.onabort = () => fail(deed.error ?? new Error("given up"));
  });
}

/** Brings what an older version kept into today's form; nothing that waits is lost. */
function upgrade(base: IDBDatabase, deed: IDBTransaction, from: number): void {
  if (from < 1)
    base.createObjectStore("entries", { keyPath: "seq", autoIncrement: true });
  const entries = deed.objectStore("entries");
  if (from < 2) {
    const pictures = base.createObjectStore("pictures", { keyPath: "id" });
    base.createObjectStore("notes");
    const walk = entries.openCursor();
    walk.onsuccess = () => {
      const at = walk.result;
      if (!at) {
        // Only now, or the index would meet entries of the first form.
        entries.createIndex("id", "id", { unique: true });
        return;
      }
      const old = at.value as EntryOfOne;
      for (const each of old.photos) pictures.put(each);
      at.update(
        complete({ ...old, person: "", photos: old.photos.map((each) => each.id) }),
      );
      at.continue();
    };
  }
}

/** Fills in what an entry begins with. */
export function complete(
  given: Partial<Entry> & Pick<Entry, "id" | "code" | "page" | "fields">,
): Entry {
  return {
    photos: [],
    person: "",
    written: new Date().toISOString(),
    state: "waiting",
    failures: 0,
    text: "",
    errors: {},
    url: "",
    claim: false,
    left: [],
    done: 0,
    ...given,
  };
}

let opened: Promise<IDBDatabase> | null = null;

export function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = (event) => {
      if (request.transaction)
        upgrade(request.result, request.transaction, event.oldVersion);
    };
    request.onsuccess = () => {
      const base = request.result;
      const closed = (): void => {
        opened = null;
      };
      // Another tab with a newer version asks to change the form: make way.
      base.onversionchange = () => {
        base.close();
        closed();
      };
      base.onclose = closed;
      done(base);
    };
    request.onerror = () => fail(request.error ?? new Error("no store"));
  }).catch((problem: unknown) => {
    opened = null;
    throw problem;
  });
  return opened;
}

async function within<T>(
  stores: string[],
  mode: IDBTransactionMode,
  work: (deed: IDBTransaction) => Promise<T>,
): Promise<T> {
  const base = await open();
  const deed = base.transaction(stores, mode);
  const whole = ended(deed);
  // Told below; without this a refusal would be told twice.
  whole.catch(() => undefined);
  let result: T;
  try {
    result = await work(deed);
  } catch (problem) {
    try {
      deed.abort();
    } catch {
      // It was given up already; why, says its own error.
    }
    throw deed.error ?? problem;
  }
  await whole;
  return result;
}

/** The place behind what is urgent already, before everything else. */
async function urgentPlace(entries: IDBObjectStore): Promise<number> {
  const last = await wish(
    entries.openKeyCursor(IDBKeyRange.upperBound(0, true), "prev"),
  );
  return last ? (last.primaryKey as number) + 1 : FIRST_URGENT;
}

/**
 * Keeps an entry with its pictures, all or nothing; the same id again replaces it.
 * What is urgent stands before everything else.
 */
export function keep(
  entry: Entry,
  pictures: Picture[],
  urgent = false,
): Promise<Entry> {
  return within(["entries", "pictures"], "readwrite", async (deed) => {
    const entries = deed.objectStore("entries");
    const known = await wish(entries.index("id").getKey(entry.id));
    const row = { ...entry };
    if (known !== undefined) row.seq = known as number;
    else if (urgent) row.seq = await urgentPlace(entries);
    else delete row.seq;
    for (const each of pictures) deed.objectStore("pictures").put(each);
    row.seq = (await wish(entries.put(row))) as number;
    return row;
  });
}

/** Changes an entry that is still there; false if it was deleted meanwhile. */
export function change(id: string, by: Partial<Entry>): Promise<boolean> {
  return within(["entries", "pictures"], "readwrite", async (deed) => {
    const entries = deed.objectStore("entries");
    const row = (await wish(entries.index("id").get(id))) as Entry | undefined;
    if (!row) return false;
    if (by.photos || by.state === "taken")
      for (const photo of row.photos)
        if (by.state === "taken" || !by.photos?.includes(photo))
          deed.objectStore("pictures").delete(photo);
    await wish(entries.put({ ...row, ...by }));
    return true;
  });
}

export function drop(id: string): Promise<void> {
  return within(["entries", "pictures"], "readwrite", async (deed) => {
    const entries = deed.objectStore("entries");
    const row = (await wish(entries.index("id").get(id))) as Entry | undefined;
    if (!row) return;
    for (const photo of row.photos) deed.objectStore("pictures").delete(photo);
    await wish(entries.delete(row.seq as number));
  });
}

/** Every entry in the order of the queue. */
export function all(): Promise<Entry[]> {
  return within(["entries"], "readonly", (deed) =>
    wish(deed.objectStore("entries").getAll() as IDBRequest<Entry[]>),
  );
}

export function one(id: string): Promise<Entry | undefined> {
  return within(["entries"], "readonly", (deed) =>
    wish(
      deed.objectStore("entries").index("id").get(id) as IDBRequest<Entry | undefined>,
    ),
  );
}

/** Whether the queue is to send it. */
export function isOpen(entry: Entry): boolean {
  if (entry.state === "waiting" || entry.state === "sign-in") return true;
  const since = Math.abs(Date.now() - Date.parse(entry.written));
  return entry.state === "attended" && since > ATTENDED_MS;
}

/** The first that is to be sent after one place in the queue and before another. */
export function next(
  after: number,
  before = Number.POSITIVE_INFINITY,
): Promise<Entry | undefined> {
  return within(["entries"], "readonly", async (deed) => {
    const entries = deed.objectStore("entries");
    // By handfuls: one at a time would be a hundred questions where a hundred are done.
    for (let place = after; ;) {
      const range = IDBKeyRange.bound(place, before, true, true);
      const some = await wish(entries.getAll(range, HANDFUL) as IDBRequest<Entry[]>);
      const found = some.find(isOpen);
      if (found || some.length < HANDFUL) return found;
      place = some[some.length - 1]?.seq ?? before;
    }
  });
}

export function picture(id: string): Promise<Picture | undefined> {
  return within(["pictures"], "readonly", (deed) =>
    wish(deed.objectStore("pictures").get(id) as IDBRequest<Picture | undefined>),
  );
}

export function note(name: string, value?: string): Promise<string> {
  return within(["notes"], value === undefined ? "readonly" : "readwrite", (deed) => {
    const notes = deed.objectStore("notes");
    if (value === undefined)
      return wish(notes.get(name) as IDBRequest<string | undefined>).then(
        (found) => found ?? "",
      );
    return wish(notes.put(value, name)).then(() => value);
  });
}

/** Forgets what was taken a month ago. */
export async function tidy(): Promise<void> {
  const now = Date.now();
  for (const each of await all())
    // A clock that was set back must not keep things for years: both sides count.
    if (each.state === "taken" && Math.abs(now - each.done) > KEEP_DONE_MS)
      await drop(each.id);
}
