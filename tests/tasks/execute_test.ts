import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { setUpPython } from "ser/setup/python.ts";
import { executeNotebook } from "ser/tasks/execute.ts";

const HOOK = 'import { sentOutputs } from "ser/notebook/kernel.ts";';

/** A notebook in the project, executed in a real kernel; what came out, and the copy. */
async function execute(sources: string[], limit?: number) {
  const environment = await setUpPython("notebook");
  const dir = join(PROJECT_ROOT, "notebooks", ".check"); // inside the project, for its aliases
  await Deno.mkdir(dir, { recursive: true });
  const folder = await Deno.makeTempDir({ dir });
  const cells = sources.map((source, index) => ({
    ...{ cell_type: "code", id: `cell-${index}`, metadata: {}, outputs: [] },
    ...{ source, execution_count: null },
  }));
  const path = join(folder, "01.ipynb"), output = join(folder, "out", "01.ipynb");
  const json = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  await Deno.writeTextFile(path, JSON.stringify(json));
  try {
    const result = await executeNotebook(path, { environment, quick: true, output, limit });
    const copy = await Deno.readTextFile(output).catch(() => undefined);
    return { ...result, copy: copy === undefined ? undefined : JSON.parse(copy) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("executeNotebook() writes a copy with every output, joined, and without machine paths", async () => {
  const { failure, cells, copy } = await execute([
    HOOK,
    "for (let i = 0; i < 300; i++) console.log(i);",
    'console.log(Deno.env.get("SER_QUICK"), `${Deno.cwd()}/x`);',
  ]);
  strictEqual(failure, undefined);
  strictEqual(cells, 3);
  const [, loop, paths] = copy.cells;
  strictEqual(loop.outputs.length, 1);
  strictEqual(loop.outputs[0].text.length, 300);
  match(paths.outputs[0].text[0], /^1 notebooks\/\.check\/\w+\/x\n$/);
  deepStrictEqual(copy.metadata.kernelspec.name, "deno");
});

Deno.test("executeNotebook() tells the failing cell and its error, and writes no copy", async () => {
  const { failure, copy } = await execute([HOOK, 'throw new RangeError("need 400, got 3");']);
  match(failure!, /^01\.ipynb, code cell 2 failed:\n {2}\| throw new RangeError/);
  match(failure!, /\n {2}RangeError: need 400, got 3\n/);
  strictEqual(copy, undefined);
});

Deno.test("executeNotebook() notices a display that failed, and a kernel that died", async () => {
  const display = '({ [Symbol.for("Jupyter.display")]() { throw new Error("bad"); } })';
  match((await execute([HOOK, display])).failure!, /code cell 2 failed:[^]*Error: bad/);
  match((await execute(["Deno.exit(3)"])).failure!, /the kernel died$/);
});

Deno.test("executeNotebook() notices outputs that did not arrive", async () => {
  const lie = 'globalThis[Symbol.for("ser.sentOutputs")] = ' +
    "() => [{ cell: 1, displays: 2, updates: 0, logs: 0 }, { cell: 2, displays: 0, logs: 0 }];";
  const { failure } = await execute([HOOK, lie]);
  match(failure!, /code cell 1 failed:[^]*the cell sent 2 \(display_data\), 0 arrived/);
});

Deno.test("executeNotebook() refuses a copy that is too large, and what is no notebook", async () => {
  const large = await execute([HOOK + 'console.log("x".repeat(3000));'], 2000);
  match(large.failure!, /^01\.ipynb: the executed copy has \d+ bytes, at most 2000 are allowed$/);
  const path = await Deno.makeTempFile({ suffix: ".ipynb" });
  const environment = await setUpPython("notebook");
  const { failure } = await executeNotebook(path, { environment });
  ok(failure!.includes("not a notebook"));
  await Deno.remove(path);
});
