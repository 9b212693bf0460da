/** Finding the audio files below a folder, and which of them are there twice. @module */
import { join } from "@std/path";

/** What lies below a folder. */
export interface FolderContent {
  /** Paths of the .wav and .flac files from the folder, with "/" between folders, sorted. */
  audio: string[];
  /** Number of other files by extension, with its dot. */
  others: Map<string, number>;
}

/** Deeper folders are not read: a link that leads back up would not end. */
const DEEPEST = 8;

/** Lists the audio files below a folder; links are followed, hidden files are skipped. */
export async function scanFolder(root: string): Promise<FolderContent> {
  const content: FolderContent = { audio: [], others: new Map() };
  await scanInto(content, root, "", 0);
  content.audio.sort();
  return content;
}

async function scanInto(content: FolderContent, root: string, inside: string, depth: number) {
  for await (const entry of Deno.readDir(join(root, inside))) {
    if (entry.name.startsWith(".")) continue; // also the "._" files that macOS puts into archives
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    const kind = entry.isSymlink ? await Deno.stat(join(root, path)).catch(() => undefined) : entry;
    if (kind?.isDirectory) {
      if (depth < DEEPEST) await scanInto(content, root, path, depth + 1);
    } else if (kind?.isFile) {
      const extension = entry.name.match(/\.[^.]+$/)?.[0].toLowerCase() ?? "no extension";
      if (extension === ".wav" || extension === ".flac") content.audio.push(path);
      else content.others.set(extension, (content.others.get(extension) ?? 0) + 1);
    }
  }
}

/** Of files with the same id, keeps the one in the fewest folders (then the first by name). */
export function keepOnce(
  paths: readonly string[],
  idOf: (path: string) => string,
): { kept: Map<string, string>; surplus: string[] } {
  const depth = (path: string) => path.split("/").length;
  const ordered = [...paths].sort((a, b) => depth(b) - depth(a) || (a < b ? 1 : -1));
  const kept = new Map(ordered.map((path) => [idOf(path), path])); // the last of an id stays
  const surplus = paths.filter((path) => kept.get(idOf(path)) !== path);
  return { kept, surplus: surplus.sort() };
}

/**
 * The outermost folders in which every audio file is surplus: those that can be removed whole; and the
 * surplus files that lie in none of them.
 */
export function surplusFolders(
  audio: readonly string[],
  surplus: readonly string[],
): { folders: string[]; files: string[] } {
  const used = new Set(audio).difference(new Set(surplus));
  const inUse = new Set([...used].flatMap(foldersOf));
  const outermost = (path: string) => foldersOf(path).find((folder) => !inUse.has(folder));
  return {
    folders: [...new Set(surplus.flatMap((path) => outermost(path) ?? []))],
    files: surplus.filter((path) => outermost(path) === undefined),
  };
}

/** The folders above a file, outermost first: "a/b/c.wav" gives "a" and "a/b". */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
