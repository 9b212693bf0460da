/** Sizes on disk: what is free, what a folder holds, and saying both. @module */
import { statfs } from "node:fs/promises";
import { dirname, join } from "@std/path";
import { SetupError } from "./setup_error.ts";

/**
 * A size for people: "274 MB", "1.6 GB" (powers of ten, as disks and downloads are sold).
 * @param bytes Size in bytes, `>= 0`.
 * @example Usage
 * ```ts
 * import { formatBytes } from "ser/support/disk.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(formatBytes(274_000_871), "274 MB");
 * strictEqual(formatBytes(1.6e9), "1.6 GB");
 * ```
 */
export function formatBytes(bytes: number): string {
  if (bytes >= 999.5e6) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.round(bytes / 1e3)} kB`;
}

/** Bytes that the user may still write on the file system of a path that need not exist yet. */
export async function freeBytes(path: string): Promise<number> {
  for (let folder = path;; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    } catch (error) {
      if ((error as { code?: string }).code !== "ENOENT" || dirname(folder) === folder) throw error;
    }
  }
}

/**
 * Checks that a step has the disk space that it needs.
 * @param folder Where it will write.
 * @param needed Bytes needed.
 * @param free Bytes free there. @default {await freeBytes(folder)}
 * @throws {SetupError} If there is less; the message names the folder and both sizes.
 */
export async function requireSpace(folder: string, needed: number, free?: number): Promise<void> {
  const available = free ?? await freeBytes(folder);
  if (available >= needed) return;
  throw new SetupError(
    `not enough disk space: need ${formatBytes(needed)} at "${folder}", ` +
      `found ${formatBytes(available)}; free some or set SER_CACHE to a folder on a larger disk`,
  );
}

/** Bytes in all files below a folder; files that vanish meanwhile count as nothing. */
export async function folderBytes(folder: string): Promise<number> {
  let total = 0;
  try {
    for await (const entry of Deno.readDir(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory) total += await folderBytes(path);
      else if (entry.isFile) total += (await Deno.lstat(path).catch(() => ({ size: 0 }))).size;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return total;
}

/** Whether an error means that no space is left, on the disk or for this user. */
export const isDiskFull = (error: unknown): boolean =>
  (error as { code?: string }).code === "ENOSPC" || /os error 28|quota/i.test(String(error));
