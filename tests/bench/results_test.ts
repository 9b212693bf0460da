import { deepStrictEqual, match, rejects, strictEqual, throws } from "node:assert/strict";
import { join } from "@std/path";
import {
  decodeResults,
  encodeResults,
  mergeRows,
  storedResults,
  storeRows,
} from "ser/bench/results.ts";
import { example } from "./example.ts";

const ALONE = example("dbn", { runSeconds: [3] });
const BESIDE = example("dbn", { runSeconds: [4] }, { runSeconds: [8] });

Deno.test("mergeRows() replaces a row, keeps one with a peer, and sorts as the table", () => {
  const start = example("start", { readySeconds: [1] });
  const sdnn = example("epoch-sdnn", { epochSeconds: [1] });
  deepStrictEqual(mergeRows([start, ALONE], [sdnn, BESIDE]), [sdnn, BESIDE, start]);
  deepStrictEqual(mergeRows([BESIDE], [ALONE]), [BESIDE]);
  const newer = example("dbn", { runSeconds: [5] }, { runSeconds: [9] });
  deepStrictEqual(mergeRows([BESIDE], [newer]), [newer]);
});

Deno.test("encodeResults() and decodeResults() are a round trip, a row's numbers in one line", () => {
  const results = { subject: "savee", rows: [example("dbn", { runSeconds: [1.5, 2e-7] })] };
  const text = encodeResults(results);
  deepStrictEqual(decodeResults(text), results);
  match(text, /"runSeconds": \[1\.5, 2e-7\]/);
});

Deno.test("decodeResults() refuses what is no result", () => {
  const rows = [
    { ...ALONE, row: "tea" },
    { ...ALONE, rounds: undefined },
    { ...ALONE, ours: { ...ALONE.ours, samples: { runSeconds: ["3"] } } },
    { ...BESIDE, peer: {} },
  ];
  for (const row of rows) {
    throws(() => decodeResults(JSON.stringify({ subject: "savee", rows: [row] })), {
      name: "SyntaxError",
      message: /expected rows with rounds, date, machine and samples/,
    });
  }
  throws(() => decodeResults("[]"), { name: "SyntaxError", message: /a subject and rows/ });
});

Deno.test("storeRows() adds to the file; storedResults() reads all that are there", async () => {
  const folder = await Deno.makeTempDir();
  deepStrictEqual(await storedResults(folder), []);
  const { path, kept } = await storeRows("savee", [BESIDE], folder);
  strictEqual(kept, false);
  strictEqual((await storeRows("savee", [ALONE], folder)).kept, true);
  await storeRows("ravdess", [ALONE], folder);
  deepStrictEqual(await storedResults(folder), [
    { subject: "ravdess", rows: [ALONE] },
    { subject: "savee", rows: [BESIDE] },
  ]);
  await Deno.writeTextFile(path, '{"subject":');
  await rejects(storedResults(folder), (error) => {
    return error instanceof SyntaxError && /savee\.json": .*; delete it and/.test(error.message);
  });
  deepStrictEqual(path, join(folder, "savee.json"));
  await Deno.remove(folder, { recursive: true });
});
