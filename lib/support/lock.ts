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
  let file = await openAt(path);
  while (await file.tryLock(true)) {
    if (await isAt(path, file)) return await hold(file);
    file.close();
    file = await openAt(path); // its folder was removed in between
  }
  file.close();
  const holder = await Deno.readTextFile(path).catch(() => "");
  return holder.trim() || "another process";
}

async function openAt(path: string): Promise<Deno.FsFile> {
  await Deno.mkdir(dirname(path), { recursive: true });
  return await Deno.open(path, { create: true, read: true, write: true });
}

/** Whether a file is what a path leads to; systems that number no files cannot tell. */
const isAt = async (path: string, file: Deno.FsFile): Promise<boolean> =>
  (await file.stat()).ino === await Deno.stat(path).then(({ ino }) => ino, () => undefined);

/** The lock of a file that is locked. */
async function hold(file: Deno.FsFile): Promise<Lock> {
  await file.truncate(0);
  await file.write(new TextEncoder().encode(`process ${Deno.pid}\n`));
  return {
    async release() {
      await file.unlock();
      file.close();
    },
  };
}

/**
 * Runs an action while holding a lock, see `takeLock`; waits for it where another process has it.
 * @param path The lock file; it and its folder are made if missing, and it stays.
 * @param action What to do under the lock.
 * @param options `onWait` is called once if another process holds the lock, with what that one wrote about
 *   itself; `interval` lies between two tries, by default 250 ms.
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
  options: { onWait?: (holder: string) => void; interval?: number } = {},
): Promise<T> {
  const { onWait, interval = 250 } = options;
  let lock = await takeLock(path);
  if (typeof lock === "string") onWait?.(lock);
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
