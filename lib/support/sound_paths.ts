/** The sound files that words of a command line mean, one after the other. @module */
import { glob } from "node:fs/promises";
import { join } from "@std/path";
import { exists } from "./files.ts";

/** Endings of sound files, those that the project does not read included: they are to be told about. */
const SOUND = /\.(wav|wave|flac|mp3|m4a|mp4|aac|ogg|oga|opus|wma|aif|aiff|aifc|au|webm)$/i;

/**
 * Names the files: a file itself, whatever it is called; the sound files of a folder and of the folders
 * in it, sorted; what a pattern such as `"recordings/*.wav"` fits, sorted. Only one folder's names are in
 * memory at a time.
 * @param words Files, folders and patterns.
 * @returns Paths in the order of the words. A word that is nothing of these comes as it is.
 * @example Usage
 * ```ts
 * import { soundPaths } from "ser/support/sound_paths.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * for (const name of ["b.wav", "a.flac", "notes.txt"]) await Deno.writeTextFile(`${folder}/${name}`, "");
 * const paths = await Array.fromAsync(soundPaths([folder, "none.wav"]));
 * deepStrictEqual(paths, [`${folder}/a.flac`, `${folder}/b.wav`, "none.wav"]);
 * ```
 */
export async function* soundPaths(words: readonly string[]): AsyncGenerator<string> {
  for (const word of words) {
    if (await isFolder(word)) yield* soundsBelow(word);
    else if (/[*?[{]/.test(word) && !await exists(word)) yield* fitting(word);
    else yield word;
  }
}

async function* soundsBelow(folder: string): AsyncGenerator<string> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, isDirectory } of entries) {
    if (name.startsWith(".")) continue;
    const path = join(folder, name);
    if (isDirectory) yield* soundsBelow(path);
    else if (SOUND.test(name)) yield path;
  }
}

async function* fitting(pattern: string): AsyncGenerator<string> {
  const found = await Array.fromAsync(glob(pattern));
  if (found.length === 0) yield pattern; // reading it says that there is no such file
  for (const path of found.sort()) {
    if (!await isFolder(path)) yield path;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    return false;
  }
}
