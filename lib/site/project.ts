/** What of the project goes on the site. @module */
import { join, relative } from "@std/path";
import { filesBelow } from "../support/files.ts";

/** Folders with pages, and single files. */
const FOLDERS = ["lib", "tests", "notebooks", join("data", "paper"), join("outputs", "figures")];
const TOP = ["README.md", "LICENSE", "CITATION.cff", "data/README.md", "data/emodb/README.md"];

/**
 * The files that pages may link to.
 * @param root The project.
 * @returns Paths from it, with slashes, in order.
 */
export async function projectFiles(root: string): Promise<Set<string>> {
  const below = await Promise.all(FOLDERS.map((folder) => filesBelow(join(root, folder))));
  const found = below.flat().map((path) => relative(root, path).replaceAll("\\", "/"));
  for await (const { name, isFile } of Deno.readDir(join(root, "outputs"))) {
    if (isFile && name.endsWith(".ipynb")) found.push(`outputs/${name}`);
  }
  return new Set([...TOP, ...found].sort());
}
