/** Getting RAVDESS: the archive of its authors, into the folder where it is looked for. @module */
import { basename, join } from "@std/path";
import { withLock } from "../support/lock.ts";
import { exists, PROJECT_ROOT, userCache } from "../support/files.ts";
import { type Archive, download, type DownloadOptions } from "./download.ts";
import { loadCorpus } from "./load.ts";
import type { Manifest } from "./manifest.ts";
import { removeFolder, unpack } from "./unpack.ts";

/** The speech part of RAVDESS as Zenodo publishes it (record 1188976). */
export const RAVDESS_ARCHIVE: Archive = {
  url: "https://zenodo.org/records/1188976/files/Audio_Speech_Actors_01-24.zip?download=1",
  bytes: 208_468_073,
  md5: "bc696df654c87fed845eb13823edef8a",
};

/** From where and to where. */
export interface ObtainOptions extends Omit<DownloadOptions, "free"> {
  /** The published file. @default {RAVDESS_ARCHIVE} */
  archive?: Archive;
  /** The folder to make. @default {data/ravdess} */
  folder?: string;
  /** Where the archive is kept, so that a second clone downloads nothing. @default {per-user cache} */
  cacheFolder?: string;
  /** The recordings that should be in it. @default {the committed manifest} */
  manifest?: Manifest;
}

/**
 * Downloads and unpacks RAVDESS, unless its folder is there with every recording. May be interrupted at
 * any point and called again: the download goes on, and the folder appears only when it is whole.
 * @param options Progress; for tests another archive and other folders.
 * @returns The folder.
 * @throws {CorpusError} If it cannot be downloaded or unpacked, or the folder holds something else.
 */
export async function obtainRavdess(options: ObtainOptions = {}): Promise<string> {
  const { warn = () => {}, cacheFolder = userCache("downloads") } = options;
  const onWait = (holder: string) => warn(`waiting for the same download by ${holder}`);
  return await withLock(
    join(cacheFolder, "ravdess.lock"),
    () => obtainLocked(cacheFolder, options),
    { onWait },
  );
}

async function obtainLocked(cacheFolder: string, options: ObtainOptions): Promise<string> {
  const { archive = RAVDESS_ARCHIVE, manifest } = options;
  const { folder = join(PROJECT_ROOT, "data", "ravdess") } = options;
  if (await hasFiles(folder)) {
    await loadCorpus("ravdess", { root: folder, manifest });
    return folder;
  }
  const file = join(cacheFolder, basename(new URL(archive.url).pathname));
  await download(archive, file, options);
  const part = `${folder}.part`;
  await unpack(file, part, options);
  await loadCorpus("ravdess", { root: part, manifest });
  await removeFolder(folder); // empty, or it would have been checked
  await Deno.rename(part, folder);
  return folder;
}

async function hasFiles(folder: string): Promise<boolean> {
  return await exists(folder) && (await Array.fromAsync(Deno.readDir(folder))).length > 0;
}
