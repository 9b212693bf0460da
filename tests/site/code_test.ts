import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "@std/path";
import { exportsOf } from "ser/site/code.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

Deno.test("exportsOf() finds every value that the library really exports, in the file that declares it", async () => {
  const read = (path: string) => Deno.readTextFile(join(PROJECT_ROOT, path));
  const found = exportsOf(await read("lib/mod.ts"));
  const real = Object.keys(await import("ser")).filter((name) => name !== "tf");
  deepStrictEqual(real.filter((name) => !found.has(name)), []);
  for (const [name, file] of found) {
    const declared = new RegExp(
      `^export (?:abstract |async )*(?:function\\*?|class|const|let|interface|type|enum) ${name}\\b`,
      "m",
    );
    ok(declared.test(await read(file)), `${name}: ${file}`);
  }
});

Deno.test("exportsOf() knows the files of values and types, and leaves out whole packages", () => {
  const found = exportsOf('export { f, type T } from "./a/b.ts";\nexport * as tf from "tf";');
  deepStrictEqual([...found], [["f", "lib/a/b.ts"], ["T", "lib/a/b.ts"]]);
});
