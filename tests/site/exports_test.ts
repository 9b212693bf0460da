import { deepStrictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { exportsOf } from "ser/site/exports.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

Deno.test("exportsOf() follows lists, stars and other names to the declarations", async () => {
  const files: Record<string, string> = {
    "lib/mod.ts":
      'export * from "./a/b.ts";\nexport { x as y, type Z } from "./a/c.ts";\nexport * as tf from "tf";',
    "lib/a/b.ts": 'export async function f() {}\nexport * from "./c.ts";\nfunction hidden() {}',
    "lib/a/c.ts": "export const x = 1;\nexport interface Z {}\nclass K {}\nexport { K };",
  };
  const found = await exportsOf("lib/mod.ts", (path) => Promise.resolve(files[path]));
  deepStrictEqual(Object.fromEntries(found), {
    f: { file: "lib/a/b.ts", name: "f" },
    x: { file: "lib/a/c.ts", name: "x" },
    Z: { file: "lib/a/c.ts", name: "Z" },
    K: { file: "lib/a/c.ts", name: "K" },
    y: { file: "lib/a/c.ts", name: "x" },
  });
});

Deno.test("exportsOf() finds every value that the library really exports", async () => {
  const found = await exportsOf(
    "lib/mod.ts",
    (path) => Deno.readTextFile(join(PROJECT_ROOT, path)),
  );
  const real = Object.keys(await import("ser")).filter((name) => name !== "tf");
  deepStrictEqual(real.filter((name) => !found.has(name)), []);
});
