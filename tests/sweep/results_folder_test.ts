import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { encodeResult, resultOf } from "ser/sweep/result.ts";
import { problemInWords, referenceResults, storeResult } from "ser/sweep/results_folder.ts";
import { exampleResult, inFolder, small } from "./example.ts";

const [a, b] = await Promise.all(
  [0, 1].map(async (seed) => resultOf(await exampleResult(small(seed)))),
);

Deno.test("storeResult() and referenceResults() agree, and a result is stored once", () =>
  inFolder(async (folder) => {
    const path = await storeResult(folder, b);
    strictEqual(path, join(folder, `${b.name}.json`));
    await storeResult(folder, a);
    const again = { ...a, seconds: 99 };
    await storeResult(folder, again); // for example of a worker that was thought dead
    deepStrictEqual(await referenceResults(folder), { results: [a, b], problems: [] });
    deepStrictEqual([...Deno.readDirSync(folder)].length, 2); // no file under a temporary name
  }));

Deno.test("referenceResults() names damaged and foreign files and counts neither", () =>
  inFolder(async (folder) => {
    const path = await storeResult(folder, a);
    await Deno.copyFile(path, join(folder, "a copy.json"));
    await Deno.writeTextFile(join(folder, `${b.name}.json`), "half of a");
    await Deno.writeTextFile(join(folder, `${b.name}.json.1234.part`), "not finished");
    const { results, problems } = await referenceResults(folder);
    deepStrictEqual(results, [a]);
    deepStrictEqual(problems.map(({ kind, run }) => [kind, run]), [
      ["foreign", "a copy"],
      ["damaged", b.name],
    ]);
    match(problemInWords(problems[0]), /^a copy\.json: expected the run a copy, received sdnn_/);
  }));

Deno.test("storeResult() sets a damaged file aside and refuses to replace a foreign one", () =>
  inFolder(async (folder) => {
    const path = join(folder, `${a.name}.json`);
    await Deno.writeTextFile(path, "half of a");
    await storeResult(folder, a);
    deepStrictEqual((await referenceResults(folder)).results, [a]);
    strictEqual(await Deno.readTextFile(`${path}.aside-1`), "half of a");
    const foreign = await encodeResult({ ...a, data: { ...a.data, hash: "0".repeat(64) } });
    await Deno.writeTextFile(path, foreign);
    await rejects(storeResult(folder, a), { name: "ResultError", kind: "foreign" });
    strictEqual(await Deno.readTextFile(path), foreign);
  }));
