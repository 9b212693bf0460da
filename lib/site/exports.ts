/** Which file of the library a name comes from that a notebook uses. @module */
import { dirname, join } from "@std/path";

/** Where a name is declared. */
export interface Origin {
  /** Path from the project's root. */
  file: string;
  /** Its name there. */
  name: string;
}

const STAR = /^export \* from "(\.[^"]+)"/gm;
const LIST = /^export (?:type )?\{([^}]*)\}(?: from "(\.[^"]+)")?/gm;
const DECLARED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|const|let|interface|type|enum) (\w+)/gm;

/**
 * What a module exports, followed to the files that declare it.
 * @param file The module, as a path from the project's root.
 * @param read Reads a file of the project.
 * @returns Name to origin; names from packages are left out.
 */
export async function exportsOf(
  file: string,
  read: (path: string) => Promise<string>,
): Promise<Map<string, Origin>> {
  const text = await read(file), found = new Map<string, Origin>();
  const target = (path: string) => join(dirname(file), path).replaceAll("\\", "/");
  for (const [, path] of text.matchAll(STAR)) {
    for (const [name, origin] of await exportsOf(target(path), read)) found.set(name, origin);
  }
  for (const [, names, path] of text.matchAll(LIST)) {
    const theirs = path ? await exportsOf(target(path), read) : undefined;
    for (const [name, alias] of names.split(",").map(nameAndAlias)) {
      if (name) found.set(alias, theirs?.get(name) ?? { file, name });
    }
  }
  for (const [, name] of text.matchAll(DECLARED)) found.set(name, { file, name });
  return found;
}

/** `a as b` or `type a`, as the name there and the name here. */
function nameAndAlias(text: string): [name: string, alias: string] {
  const [name, alias = name] = text.trim().replace(/^type /, "").split(/\s+as\s+/);
  return [name, alias];
}
