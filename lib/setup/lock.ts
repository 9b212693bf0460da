/** One set-up at a time, across processes. @module */
import { dirname } from "@std/path";

/** How to wait for the lock. */
export interface LockOptions {
  /** Called once if another process holds the lock, with what that process wrote about itself. */
  onWait?: (holder: string) => void;
  /** Milliseconds between two tries. @default {250} */
  interval?: number;
}

/**
 * Runs an action while holding a lock file. The lock is the operating system's (flock), so that of
 * a process which died, however it died, is free at once and nothing stale is left behind.
 * @param path The lock file; it and its folder are made if missing, and it stays.
 * @param action What to do under the lock.
 * @param options How to wait.
 * @returns What the action returns.
 * @example Usage
 * ```ts
 * import { withLock } from "ser/setup/lock.ts";
 * import { strictEqual } from "node:assert/strict";
 * const path = `${await Deno.makeTempDir()}/set-up.lock`;
 * strictEqual(await withLock(path, () => Promise.resolve(7)), 7);
 * ```
 */
export async function withLock<T>(
  path: string,
  action: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  const { onWait = () => {}, interval = 250 } = options;
  await Deno.mkdir(dirname(path), { recursive: true });
  using file = await Deno.open(path, { create: true, read: true, write: true });
  if (!(await file.tryLock(true))) {
    onWait((await Deno.readTextFile(path)).trim() || "another process");
    while (!(await file.tryLock(true))) {
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  }
  try {
    await file.truncate(0);
    await file.write(new TextEncoder().encode(`process ${Deno.pid}\n`));
    return await action();
  } finally {
    await file.unlock();
  }
}
