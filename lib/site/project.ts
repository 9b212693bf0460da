/** What of the project goes on the site. @module */
import { join } from "@std/path";

/** Folders with pages, and single files. */
const FOLDERS = ["lib", "tests", "notebooks"], TOP = ["README.md", "LICENSE", "CITATION.cff"];

/**
 * The files that pages may link to.
 * @param root The project.
 * @returns Paths from it, with slashes, in order.
 */
export async function projectFiles(root: string): Promise<Set<string>> {
  const found = [...TOP, "data/README.md", "data/emodb/README.md"];
  for (const folder of FOLDERS) await list(root, folder, found);
  for await (const { name, isFile } of Deno.readDir(join(root, "outputs"))) {
    if (isFile && name.endsWith(".ipynb")) found.push(`outputs/${name}`);
  }
  for await (const { name } of Deno.readDir(join(root, "outputs", "figures"))) {
    found.push(`outputs/figures/${name}`);
  }
  return new Set(found.sort());
}

async function list(root: string, folder: string, found: string[]): Promise<void> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(join(root, folder))) {
    if (name.startsWith(".") || name === "node_modules") continue;
    if (isDirectory) await list(root, `${folder}/${name}`, found);
    else if (isFile) found.push(`${folder}/${name}`);
  }
}
