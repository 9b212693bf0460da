/** Writing the site into its folder. @module */
import { join, relative } from "@std/path";
import { exists, writeFileAtomic } from "../support/files.ts";
import type { SiteFiles } from "./figures.ts";

/**
 * Writes the files, each at once and whole, and removes what an earlier build has left.
 * @param folder The site's folder.
 * @param files Content by path from the folder.
 * @param keep Folders of others, which stay as they are.
 */
export async function writeSite(
  folder: string,
  files: SiteFiles,
  keep: readonly string[] = [],
): Promise<void> {
  for (const [path, content] of files) await writeFileAtomic(join(folder, path), content);
  for (const path of await filesIn(folder)) {
    const kept = files.has(path) || keep.some((name) => path.startsWith(`${name}/`));
    if (!kept) await Deno.remove(join(folder, path));
  }
}

/** Every file below a folder, as paths from it with slashes. */
export async function filesIn(folder: string, below = folder): Promise<string[]> {
  if (!await exists(below)) return [];
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(below)) {
    const path = join(below, name);
    if (isDirectory) found.push(...await filesIn(folder, path));
    else found.push(relative(folder, path).replaceAll("\\", "/"));
  }
  return found;
}
