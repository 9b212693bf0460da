import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { example } from "./example.ts";
import { storedResults, storeRow } from "./results.ts";

const ALONE = example("dbn", { runSeconds: [1.5, 2e-7] });
const BESIDE = example("dbn", { runSeconds: [4] }, { runSeconds: [8] });
const NEWER = example("dbn", { runSeconds: [5] }, { runSeconds: [9] });
const START = example("start", { readySeconds: [1] });

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  await test(folder).finally(() => Deno.remove(folder, { recursive: true }));
}

Deno.test("storeRow() replaces a row, keeps one with a peer, and sorts as the table", () =>
  inFolder(async (folder) => {
    deepStrictEqual(await storedResults(folder), []);
    await storeRow("savee", START, folder);
    for (const [row, stored] of [[ALONE, true], [BESIDE, true], [ALONE, false], [NEWER, true]]) {
      strictEqual((await storeRow("savee", row as typeof ALONE, folder)).stored, stored);
    }
    const { path } = await storeRow("ravdess", ALONE, folder);
    deepStrictEqual(await storedResults(folder), [
      { subject: "ravdess", rows: [ALONE] },
      { subject: "savee", rows: [NEWER, START] },
    ]);
    match(await Deno.readTextFile(path), /"runSeconds": \[1\.5, 2e-7\]/); // a row's numbers in one line
  }));

Deno.test("storedResults() names a file that is no result", () =>
  inFolder(async (folder) => {
    for (
      const text of ['{"subject":', "[]", '{"rows":[{"row":"tea"}]}', '{"rows":[{"row":"dbn"}]}']
    ) {
      await Deno.writeTextFile(join(folder, "savee.json"), text);
      await rejects(storedResults(folder), (error) => {
        return error instanceof SyntaxError &&
          /savee\.json": expected .*; delete/.test(error.message);
      });
    }
  }));
