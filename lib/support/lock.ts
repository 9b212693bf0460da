/** One training, download or set-up at a time, across processes. @module */
import { dirname } from "@std/path";

/** Held until released, or until the process ends in whatever way. */
export interface Lock {
  /** Gives the lock up. */
  release(): Promise<void>;
}

/**
 * Takes a lock at once or says who has it. The lock is the operating system's (flock): that of a
 * process which died is free, so nothing stale ever needs clearing. The file stays and holds the
 * number of its last owner.
 * @param path The lock file; it and its folder are made if missing.
 * @returns The lock, or the words of the process that holds it.
 * @example Usage
 * ```ts
 * import { takeLock } from "ser/support/lock.ts";
 * import { strictEqual } from "node:assert/strict";
 * const path = `${await Deno.makeTempDir()}/lock`;
 * const lock = await takeLock(path);
 * strictEqual(await takeLock(path), `process ${Deno.pid}`);
 * if (typeof lock !== "string") await lock.release();
 * ```
 */
export async function takeLock(path: string): Promise<Lock | string> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const file = await Deno.open(path, { create: true, read: true, write: true });
  if (!(await file.tryLock(true))) {
    file.close();
    return (await Deno.readTextFile(path)).trim() || "another process";
  }
  await file.truncate(0);
  await file.write(new TextEncoder().encode(`process ${Deno.pid}\n`));
  return {
    async release() {
      await file.unlock();
      file.close();
    },
  };
}

/** How to wait for the lock. */
export interface LockOptions {
  /** Called once if another process holds the lock, with what that process wrote about itself. */
  onWait?: (holder: string) => void;
  /** Milliseconds between two tries. @default {250} */
  interval?: number;
}

/**
 * Runs an action while holding a lock, see `takeLock`; waits for it where another process has it.
 * @param path The lock file; it and its folder are made if missing, and it stays.
 * @param action What to do under the lock.
 * @param options How to wait.
 * @returns What the action returns.
 * @example Usage
 * ```ts
 * import { withLock } from "ser/support/lock.ts";
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
  let lock = await takeLock(path);
  if (typeof lock === "string") onWait(lock);
  while (typeof lock === "string") {
    await new Promise((resolve) => setTimeout(resolve, interval));
    lock = await takeLock(path);
  }
  try {
    return await action();
  } finally {
    await lock.release();
  }
}
