import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { join } from "@std/path";
import { checkNotebooks, codeCells, joinCells, mapPositions } from "./notebook_check.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

const code = (...sources: string[]) =>
  JSON.stringify({
    cells: [
      { cell_type: "markdown", source: "# Title" },
      ...sources.map((source) => ({ cell_type: "code", source: source.split(/(?<=\n)/) })),
    ],
  });

Deno.test("joinCells() keeps cells apart and knows where each line comes from", () => {
  const { source, lines } = joinCells("a.ipynb", code("const a = [1]\na", "[2].length;"));
  const expected = "// cell 1\nconst a = [1]\na\n;\n// cell 2\n[2].length;\nexport {};\n";
  strictEqual(source, expected);
  deepStrictEqual(lines[5], { cell: 2, line: 1 });
  strictEqual(lines.length, source.trimEnd().split("\n").length);
});

Deno.test("joinCells() turns relative imports for a folder below the notebook", () => {
  const text = 'import a from "./a.ts";\nconst b = await import("../b.ts");\nconst c = "./c";';
  const { source } = joinCells("a.ipynb", code(text));
  match(source, /from "\.\.\/\.\.\/a\.ts"/);
  match(source, /import\("\.\.\/\.\.\/\.\.\/b\.ts"\)/);
  match(source, /const c = "\.\/c";/);
});

Deno.test("codeCells() leaves empty cells out and refuses what is no notebook", () => {
  deepStrictEqual(codeCells("a.ipynb", code("1;", " \n")), ["1;"]);
  throws(() => codeCells("a.ipynb", "{"), /Cannot read a\.ipynb: not JSON/);
  throws(() => codeCells("a.ipynb", "[]"), SyntaxError);
});

Deno.test("mapPositions() tells positions in terms of cells", () => {
  const modules = new Map([["06_x.ts", joinCells("06_x.ipynb", code("let a;", "\nlet b;"))]]);
  const map = (text: string) => mapPositions(text, modules);
  strictEqual(map("at file:///p/notebooks/.check/06_x.ts:5:5"), "at 06_x.ipynb cell 2 line 2");
  strictEqual(map(" --> /p/.check/06_x.ts:2:1"), " --> 06_x.ipynb cell 1 line 1");
  strictEqual(map("at file:///p/lib/mod.ts:5:5"), "at file:///p/lib/mod.ts:5:5");
});

Deno.test("checkNotebooks() finds wrong types, redeclared names and lint, and tidies up", async () => {
  const dir = join(PROJECT_ROOT, "notebooks", ".check"); // inside the project, for its aliases
  await Deno.mkdir(dir, { recursive: true });
  const folder = await Deno.makeTempDir({ dir });
  try {
    const good = join(folder, "01.ipynb"), bad = join(folder, "02.ipynb");
    const alias = 'import { formatBytes } from "ser/support/disk.ts";';
    await Deno.writeTextFile(good, code(alias, "formatBytes(3);"));
    await Deno.writeTextFile(bad, code("const a = 1;", "const a = 2;", "let b: string = a;\nb;"));
    const [first, second] = await checkNotebooks([good, bad]);
    deepStrictEqual(first, { notebook: "01.ipynb", complaints: "" });
    match(second.complaints, /Cannot redeclare block-scoped variable 'a'[^]*02\.ipynb cell 2 line/);
    match(second.complaints, /not assignable to type 'string'[^]*02\.ipynb cell 3 line 1/);
    match(second.complaints, /prefer-const/);
    strictEqual([...Deno.readDirSync(join(folder, ".check"))].length, 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
