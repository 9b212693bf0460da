/** Which file of the library a name comes from that a notebook uses. @module */
import { join } from "@std/path";

const LIST = /^export \{([^}]*)\} from "(\.[^"]+)"/gm;

/**
 * What the library's main module hands on, and the files that declare it.
 * @param text The module, which lists each name beside its file.
 * @returns Name to file, as a path from the project's root; whole packages are left out.
 * @example Usage
 * ```ts
 * import { exportsOf } from "ser/site/exports.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const found = exportsOf('export { f, type T } from "./a/b.ts";\nexport * as tf from "tf";');
 * deepStrictEqual([...found], [["f", "lib/a/b.ts"], ["T", "lib/a/b.ts"]]);
 * ```
 */
export function exportsOf(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(LIST)].flatMap(([, names, path]) =>
      names.split(",").map((name) => name.trim().replace(/^type /, "")).filter(Boolean)
        .map((name) => [name, join("lib", path).replaceAll("\\", "/")] as const)
    ),
  );
}
