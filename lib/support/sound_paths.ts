/** The sound files that words of a command line mean, one after the other. @module */
import { glob } from "node:fs/promises";
import { extname, join } from "@std/path";
import { readError } from "./error_text.ts";
import { linesOf } from "./lines.ts";

/** Endings of sound files, those that the project does not read included: they are to be told about. */
const SOUND = new Set(
  (".wav .wave .flac .mp3 .mp2 .m4a .m4b .mp4 .mov .aac .ac3 .ogg .oga .opus .spx .wma .aif .aiff " +
    ".aifc .au .snd .webm .mka .mkv .3gp .3g2 .caf .amr .awb .w64 .rf64 .bwf .wv .ape .sph .ra")
    .split(" "),
);

/** A file, or why there is none. */
export interface SoundPath {
  /** Where. */
  path: string;
  /** Why it is passed over, in words. */
  skipped?: string;
  /** Why what is there cannot be found out. */
  error?: Error;
}

/**
 * Names the files: a file itself, whatever it is called; the sound files of a folder and of the folders
 * in it, sorted; what a pattern such as `"recordings/*.wav"` fits, sorted. Folders behind links are gone
 * through, each folder once. Only one folder's names are in memory at a time.
 * @param words Files, folders and patterns; `-` is standard input.
 * @param list A file with one file or folder on each line, after the words; `-` is standard input.
 * @returns Files in the order of the words, and what was passed over. A word that is nothing of these
 * comes as it is.
 * @throws {Error} If the list cannot be read.
 * @example Usage
 * ```ts
 * import { soundPaths } from "ser/support/sound_paths.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * for (const name of ["b.wav", "a.flac", "notes.txt"]) await Deno.writeTextFile(`${folder}/${name}`, "");
 * const found = await Array.fromAsync(soundPaths([folder, "none.wav"]));
 * deepStrictEqual(found, [
 *   { path: `${folder}/a.flac` },
 *   { path: `${folder}/b.wav` },
 *   { path: `${folder}/notes.txt`, skipped: "its name does not end as that of a sound file" },
 *   { path: "none.wav" },
 * ]);
 * ```
 */
export async function* soundPaths(
  words: readonly string[],
  list?: string,
): AsyncGenerator<SoundPath> {
  const seen = new Set<string>();
  for (const word of words) {
    if (isFolder(word)) yield* soundsBelow(word, seen);
    else if (/[*?[{]/.test(word) && !isThere(word)) yield* fitting(word);
    else yield { path: word };
  }
  if (list === undefined) return;
  for await (const line of linesOf(await openList(list))) {
    const path = line.replace(/\r$/, "");
    if (isFolder(path)) yield* soundsBelow(path, seen);
    else if (path !== "") yield { path };
  }
}

async function openList(list: string): Promise<ReadableStream<Uint8Array>> {
  try {
    if (isFolder(list)) throw new TypeError("it is a folder");
    return list === "-" ? Deno.stdin.readable : (await Deno.open(list)).readable;
  } catch (error) {
    throw readError(error, list, "the list ");
  }
}

/** @param seen Folders that were gone through, by where they truly are. */
async function* soundsBelow(folder: string, seen: Set<string>): AsyncGenerator<SoundPath> {
  let entries: Deno.DirEntry[];
  try {
    const place = await Deno.realPath(folder);
    if (seen.has(place)) return yield { path: folder, skipped: "this folder was gone through" };
    seen.add(place);
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    return yield { path: folder, error: readError(error, folder, "the folder ") };
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, isDirectory, isSymlink } of entries) {
    const path = join(folder, name);
    if (name.startsWith(".")) yield { path, skipped: "it is hidden" };
    else if (isDirectory || (isSymlink && isFolder(path))) yield* soundsBelow(path, seen);
    else if (SOUND.has(extname(name).toLowerCase())) yield { path };
    else yield { path, skipped: "its name does not end as that of a sound file" };
  }
}

async function* fitting(pattern: string): AsyncGenerator<SoundPath> {
  const found = await Array.fromAsync(glob(pattern));
  if (found.length === 0) yield { path: pattern }; // reading it says that there is no such file
  for (const path of found.sort()) {
    if (!isFolder(path)) yield { path };
  }
}

/** Whether a folder is there; what cannot be found out is none, and reading it says why. */
function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

function isThere(path: string): boolean {
  try {
    return Deno.lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}
