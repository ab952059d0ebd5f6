/** Only one tab, or the service worker, sends at a time. */

import { note } from "./store";

const NAME = "wugeyi-queue";
const LEASE_MS = 45_000;

/** Runs `work` alone; false at once when another is at it. `held` must be called now and then. */
export async function alone(
  work: (held: () => Promise<void>) => Promise<void>,
): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  if (locks)
    return locks.request(NAME, { ifAvailable: true }, async (lock) => {
      if (!lock) return false;
      await work(async () => undefined);
      return true;
    });
  // Browsers without locks: a lease in the store, renewed while sending. If two should
  // hold it for a moment, the server still takes each thing once.
  const mine = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const renew = async (): Promise<void> => {
    await note("lease", `${Date.now() + LEASE_MS} ${mine}`);
  };
  const [until = "0", holder] = (await note("lease")).split(" ");
  const left = Number(until) - Date.now();
  // A lease further away than any can be was written before the clock was set.
  if (holder && left > 0 && left <= LEASE_MS) return false;
  await renew();
  await new Promise((done) => setTimeout(done, 50));
  if (!(await note("lease")).endsWith(mine)) return false;
  try {
    await work(renew);
  } finally {
    await note("lease", "");
  }
  return true;
}
