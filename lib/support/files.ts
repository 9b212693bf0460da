/** Where the project keeps files, and writing them so that none is ever half there. @module */
import { createHash } from "node:crypto";
import { kill } from "node:process";
import { dirname, fromFileUrl, join } from "@std/path";

/** The folder that holds deno.json, without a trailing separator. */
export const PROJECT_ROOT: string = dirname(dirname(dirname(fromFileUrl(import.meta.url))));

/** What is published: executed notebooks, results, figures, benchmark. In git, changed by `--publish` alone. */
export const PUBLISHED: string = join(PROJECT_ROOT, "outputs");

/** What whoever runs something makes: the same and trained runs. Not in git. */
export const MINE: string = join(PUBLISHED, "mine");

/**
 * The per-user cache folder of this project, shared by all its clones: `SER_CACHE` if set, else
 * `~/Library/Caches/ser-notebooks` on macOS, else `$XDG_CACHE_HOME/ser-notebooks` or
 * `~/.cache/ser-notebooks`.
 * @param parts Path parts below it.
 * @throws {Deno.errors.NotFound} If neither SER_CACHE nor a home folder is set.
 */
export function userCache(...parts: string[]): string {
  const own = Deno.env.get("SER_CACHE");
  if (own) return join(own, ...parts);
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE");
  const xdg = Deno.env.get("XDG_CACHE_HOME");
  if (!home && !xdg) {
    throw new Deno.errors.NotFound(
      "Cannot find a cache folder: neither HOME nor SER_CACHE is set; set SER_CACHE to a folder that you can write",
    );
  }
  const base = Deno.build.os === "darwin"
    ? join(home!, "Library", "Caches")
    : xdg ?? join(home!, ".cache");
  return join(base, "ser-notebooks", ...parts);
}

/**
 * Writes a file under a temporary name in the same folder and renames it: readers see the old
 * content or the new one, never a part.
 * @param path Where to write; missing folders are made.
 * @param content Text or bytes.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const part = `${path}.${crypto.randomUUID().slice(0, 8)}.${Deno.pid}-${Deno.hostname()}.part`;
  try {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await Deno.writeFile(part, bytes);
    await renameSynced(part, path);
  } catch (error) {
    await Deno.remove(part).catch(() => {});
    throw error;
  }
}

/**
 * Removes the temporary files of writers that were killed. Those of a living process stay, as do those of
 * another machine that shares the disk.
 * @param folder Where to look; it may be missing.
 */
export async function removeParts(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    const [, pid, host] = /\.(\d+)-(.+)\.part$/.exec(name) ?? [];
    if (host === Deno.hostname() && !isAlive(Number(pid))) await Deno.remove(join(folder, name));
  }
}

/** Whether this machine has a process with a number. */
function isAlive(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // another user's
  }
}

/** Renames a file when its bytes are on the disk: after a power cut the new name never stands for less. */
export async function renameSynced(from: string, to: string): Promise<void> {
  await sync(from);
  await Deno.rename(from, to);
  await sync(dirname(to)).catch(() => {}); // not every system syncs a folder
}

async function sync(path: string): Promise<void> {
  using file = await Deno.open(path);
  await file.sync();
}

/** Whether a file or folder is there. */
export async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}

/** The names in a folder that match, sorted; none if the folder is not there. */
export async function namesIn(folder: string, pattern = /^/): Promise<string[]> {
  if (!await exists(folder)) return [];
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  return names.filter((name) => pattern.test(name)).sort();
}

/** The files of a folder and those in it, sorted; not hidden ones, nor what Python keeps beside programs. */
export async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (name.startsWith(".") || name === "__pycache__") continue;
    const path = join(folder, name);
    if (isDirectory) found.push(...await filesBelow(path));
    else found.push(path);
  }
  return found.sort();
}

/** Hex SHA-256 of bytes or of a text in UTF-8. Web Crypto would copy them first, which takes as long again. */
export function sha256(content: Uint8Array | string): Promise<string> {
  return Promise.resolve(createHash("sha256").update(content).digest("hex"));
}

/** A value as a line of JSON with its SHA-256 in front, so that damage is noticed. */
export async function checkedJson(part: string, value: unknown): Promise<string> {
  const json = JSON.stringify(value);
  return `{"checksum":"${await sha256(json)}","${part}":${json}}\n`;
}

/** Reads what `checkedJson` gave; undefined if it is damaged. */
export async function readCheckedJson<T>(part: string, text: string): Promise<T | undefined> {
  const [, checksum, name, json] = /^\{"checksum":"(\w{64})","(\w+)":(.*)\}\n$/.exec(text) ?? [];
  return name === part && await sha256(json) === checksum ? JSON.parse(json) : undefined;
}

/** SHA-256 of a file of any size, in hex. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of (await Deno.open(path)).readable) hash.update(bytes);
  return hash.digest("hex");
}
