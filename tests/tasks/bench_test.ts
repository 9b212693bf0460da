import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { ROW_NAMES } from "ser/bench/rows.ts";
import { main, readWish } from "ser/tasks/bench.ts";

Deno.test("readWish() takes everything three times on both corpora by default", () => {
  deepStrictEqual(readWish({}, []), {
    ...{ rows: ROW_NAMES, corpora: ["ravdess", "savee"], peer: false, rounds: 3 },
  });
  const wish = readWish({ corpus: "emodb", peer: true, rounds: "12" }, ["features-1"]);
  deepStrictEqual(wish, { rows: ["features-1"], corpora: ["emodb"], peer: true, rounds: 12 });
});

Deno.test("readWish() says what it expected", () => {
  const wrong: [values: Record<string, unknown>, words: string[], message: RegExp][] = [
    [{ corpus: "timit" }, [], /Expected --corpus both, ravdess, savee, emodb, received "timit"/],
    [{ rounds: "0" }, [], /whole number from 1, received "0"/],
    [{ rounds: "1.5" }, [], /received "1.5"/],
    [{}, ["tea"], /received "tea"/],
  ];
  for (const [values, words, message] of wrong) {
    throws(() => readWish(values, words), { name: "UsageError", message });
  }
});

Deno.test("bench has a help and a list of its rows, and measures nothing for them", async () => {
  strictEqual(await main(["--help"]), 0);
  strictEqual(await main(["--list"]), 0);
});
