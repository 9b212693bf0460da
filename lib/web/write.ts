/** Writing pages into their folder. @module */
import { join, relative } from "@std/path";
import { filesBelow, writeFileAtomic } from "../support/files.ts";

/** Files by their paths from the folder of the pages. */
export type SiteFiles = Map<string, string | Uint8Array>;

/**
 * Writes the files, each at once and whole, and removes what an earlier build has left in the folder.
 * @returns How many bytes the files have together.
 */
export async function writeSite(folder: string, files: SiteFiles): Promise<number> {
  let bytes = 0;
  for (const [path, content] of files) {
    const encoded = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await writeFileAtomic(join(folder, path), encoded);
    bytes += encoded.length;
  }
  for (const path of await filesBelow(folder)) {
    if (!files.has(relative(folder, path).replaceAll("\\", "/"))) await Deno.remove(path);
  }
  return bytes;
}
