/** Downloading a large file so that any interruption costs nothing but time. @module */
import { createHash } from "node:crypto";
import { dirname } from "@std/path";
import { formatBytes, isDiskFull, requireSpace } from "../support/disk.ts";
import { exists } from "../support/files.ts";
import type { Progress } from "../support/progress.ts";
import { CorpusError } from "./problems.ts";

/** A published file. */
export interface Archive {
  /** Its address. */
  url: string;
  /** Its size. */
  bytes: number;
  /** Its hex MD5, the checksum that Zenodo publishes. */
  md5: string;
}

/** How to download. */
export interface DownloadOptions {
  /** Told about bytes, often. */
  progress?: Progress;
  /** Told what did not go as expected but is being dealt with. */
  warn?: (message: string) => void;
  /** Tries without a new byte before giving up. @default {3} */
  attempts?: number;
  /** Milliseconds before the second try; doubled for each further one. @default {1000} */
  wait?: number;
  /** Milliseconds without a byte after which a connection counts as broken. @default {60000} */
  silence?: number;
  /** Bytes free where the file goes. @default {asked of the system} */
  free?: number;
}

/** A try that failed in a way that the next one may not. */
class Interruption extends Error {}

/**
 * Downloads a file, or completes what an earlier try left in `<path>.part`; the file appears under its
 * name only when size and MD5 are right. Nothing is downloaded if it is there already. One process at
 * a time: the caller holds a lock.
 * @param archive What to download.
 * @param path Where to put it.
 * @param options Progress, retries.
 * @throws {SetupError} If the disk has not the space.
 * @throws {CorpusError} If the network, the server, the disk or the checksum is at fault; the message
 * says which. What was received is kept for the next try unless its checksum is wrong.
 */
export async function download(
  archive: Archive,
  path: string,
  options: DownloadOptions = {},
): Promise<void> {
  const part = `${path}.part`;
  if (await exists(path)) {
    if (await sizeOf(path) === archive.bytes && await md5(path) === archive.md5) return;
    options.warn?.(`"${path}" is damaged: downloading it again`);
    await Deno.remove(path);
  }
  await Deno.mkdir(dirname(path), { recursive: true });
  const needed = archive.bytes - await sizeOf(part);
  await requireSpace(dirname(path), needed, options.free);
  await receiveAll(archive, path, options);
  const received = await md5(part);
  if (received !== archive.md5) {
    await Deno.remove(part);
    throw new CorpusError(
      `Cannot use ${archive.url}: expected the MD5 ${archive.md5}, received ${received}; the download is damaged or the file was changed; run the command again`,
    );
  }
  await Deno.rename(part, path);
}

/** Tries until the whole file is there, or until some tries in a row brought nothing. */
async function receiveAll(archive: Archive, path: string, options: DownloadOptions): Promise<void> {
  const part = `${path}.part`;
  const { attempts = 3, wait = 1000, warn = () => {} } = options;
  for (let failed = 0; await sizeOf(part) !== archive.bytes;) {
    const before = await sizeOf(part);
    try {
      await receive(archive, part, options);
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      const now = await sizeOf(part);
      failed = now > before ? 1 : failed + 1;
      const state = `${formatBytes(now)} of ${formatBytes(archive.bytes)} received`;
      if (failed >= attempts) {
        throw new CorpusError(
          `Cannot download ${archive.url}: ${error.message}; ${state}; check the network (a proxy goes into HTTPS_PROXY) and run the command again to go on from there, or put the file to "${path}" by other means`,
        );
      }
      warn(`${error.message}; ${state}; trying again`);
      await new Promise((resolve) => setTimeout(resolve, wait * 2 ** (failed - 1)));
    }
  }
}

/** One request: appends to the part, or starts it anew where the server cannot go on in the middle. */
async function receive(archive: Archive, part: string, options: DownloadOptions): Promise<void> {
  if (await sizeOf(part) > archive.bytes) await Deno.remove(part);
  const start = await sizeOf(part);
  const watch = watchSilence(options.silence ?? 60_000);
  try {
    const headers: HeadersInit = start > 0 ? { Range: `bytes=${start}-` } : {};
    const response = await fetch(archive.url, { headers, signal: watch.signal })
      .catch((error) => {
        throw new Interruption(`no connection (${causeOf(error)})`);
      });
    const resumed = await checkAnswer(archive, response, part, start);
    await append(archive, response, part, resumed ? start : 0, (done) => {
      watch.alive();
      options.progress?.(done, archive.bytes, "bytes");
    });
  } finally {
    watch.stop();
  }
}

/** Whether the server goes on from `start`; throws if it sends something else than the file. */
async function checkAnswer(
  archive: Archive,
  response: Response,
  part: string,
  start: number,
): Promise<boolean> {
  const { status, headers } = response;
  const range = headers.get("content-range") ?? "";
  if (status === 206 && range.startsWith(`bytes ${start}-`)) return true;
  const length = headers.get("content-encoding") === null ? headers.get("content-length") : null;
  const wrongSize = status === 200 && length !== null && Number(length) !== archive.bytes;
  if (status === 200 && !wrongSize) return false;
  await response.body?.cancel();
  if (status === 206 || status === 416) {
    await Deno.remove(part);
    throw new Interruption("the server cannot go on where the download stopped: starting anew");
  }
  if (status === 429 || status >= 500) throw new Interruption(`the server answered ${status}`);
  const received = wrongSize
    ? `one of ${length} (a log-in page of the network, or the file was changed)`
    : `the answer ${status} ${response.statusText}`;
  throw new CorpusError(
    `Cannot download ${archive.url}: expected a file of ${archive.bytes} bytes, received ${received}; look at the address in a browser`,
  );
}

async function append(
  archive: Archive,
  response: Response,
  part: string,
  start: number,
  onBytes: (done: number) => void,
): Promise<void> {
  using file = await Deno.open(part, { write: true, create: true });
  await file.truncate(start);
  await file.seek(start, Deno.SeekMode.Start);
  let done = start;
  const reader = response.body!.getReader();
  while (done < archive.bytes) {
    const { value } = await reader.read().catch((error) => {
      throw new Interruption(`the connection broke (${causeOf(error)})`);
    });
    if (value === undefined) throw new Interruption("the connection ended early");
    await writeAll(file, value.subarray(0, archive.bytes - done)).catch((error) => {
      throw isDiskFull(error) ? diskFullError(part, archive.bytes - done) : error;
    });
    done += value.length;
    onBytes(Math.min(done, archive.bytes));
  }
  await reader.cancel().catch(() => {});
}

/** The reason below the words "fetch failed". */
function causeOf(error: Error): string {
  const { message } = error.cause instanceof Error ? error.cause : error;
  return message.replace(/^error sending request for url \(.*?\): /, "");
}

/** Aborts a request when nothing has come for too long: `alive` starts the time again. */
function watchSilence(silence: number) {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  const alive = () => {
    stop();
    const reason = new Error(`nothing came for ${silence / 1000} s`);
    timer = setTimeout(() => abort.abort(reason), silence);
  };
  alive();
  return { signal: abort.signal, alive, stop };
}

/** The error for a disk that is full after all. */
export const diskFullError = (path: string, needed: number): CorpusError =>
  new CorpusError(
    `Cannot write "${path}": need ${
      formatBytes(needed)
    } more on this disk; free some and run the command again; what was received is kept`,
  );

/** Writes all bytes at the place where a file stands. */
export async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
}

/** Size of a file in bytes; 0 if it is not there. */
async function sizeOf(path: string): Promise<number> {
  return await exists(path) ? (await Deno.stat(path)).size : 0;
}

async function md5(path: string): Promise<string> {
  const hash = createHash("md5");
  for await (const part of (await Deno.open(path)).readable) hash.update(part); // closes it
  return hash.digest("hex");
}
