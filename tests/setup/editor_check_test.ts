import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { checkInEditor } from "ser/setup/editor_check.ts";

const notebook = (...cells: string[]): string =>
  JSON.stringify({ cells: cells.map((source) => ({ cell_type: "code", source: [source] })) });

Deno.test("checkInEditor() finds what is underlined in modules and in cells", async () => {
  const root = await Deno.makeTempDir();
  try {
    const write = async (name: string, text: string) => {
      await Deno.writeTextFile(join(root, name), text);
      return join(root, name);
    };
    await write("deno.json", '{ "compilerOptions": { "lib": ["deno.ns", "dom", "esnext"] } }\n');
    const findings = await checkInEditor([
      await write("good.ts", "export const one: number = 1;\n"),
      await write("bad.ts", 'export const one = 1;\nexport const two: number = "2";\n'),
      await write("good.ipynb", notebook("const parts = [1];", "parts.map((x) => x + 1)")),
      // what one cell defines hides no global of the browser from another
      await write("bad.ipynb", notebook("const frames = [1];", "frames.map((x) => x + 1)")),
    ], { root });
    deepStrictEqual(findings.map(({ file }) => file), [
      ...["good.ts", "bad.ts", "good.ipynb", "bad.ipynb"],
    ]);
    const [good, bad, goodCells, badCells] = findings.map(({ complaints }) => complaints);
    deepStrictEqual([good, goodCells], [[], []]);
    strictEqual(bad.length, 1);
    match(bad[0], /^bad\.ts line 2: Type 'string' is not assignable to type 'number'/);
    match(badCells[0], /^bad\.ipynb cell 2 line 1: Property 'map' does not exist on type 'Window'/);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
