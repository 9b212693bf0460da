import { deepStrictEqual, ok } from "node:assert/strict";
import { changesOf } from "ser/evaluation/results_table.ts";
import { LEDGER } from "ser/paper/ledger.ts";
import { gridExperiments } from "ser/sweep/grid.ts";
import { GRIDS } from "ser/sweep/grids.ts";

const entries = LEDGER.flatMap((group) => group.entries);

Deno.test("the ledger has entries 1 to 38, each whole and short", () => {
  deepStrictEqual(entries.map(({ number }) => number), Array.from({ length: 38 }, (_, i) => i + 1));
  for (const { number, quotes, flaw, evidence, resolution } of entries) {
    ok(flaw.endsWith(".") && resolution.endsWith("."), `sentences in ${number}`);
    ok(flaw.length <= 200 && resolution.length <= 100, `length of ${number}`);
    ok(evidence.length > 0 && new Set(evidence).size === evidence.length, `evidence of ${number}`);
    ok(quotes.length > 0 || evidence.includes("silence"), `quote or silence in ${number}`);
    for (const quote of quotes) ok(quote.split(" ").length <= 14, `few words: ${quote}`);
  }
});

Deno.test("every other reading of the ledger is trained in the grid of the close reading", () => {
  const grid = gridExperiments(GRIDS["close-reading"]);
  const trained = new Set(grid.map((each) => changesOf({ experiment: each })));
  const named = new Set(entries.flatMap(({ changes = [] }) => changes));
  deepStrictEqual(named, new Set([...trained].filter((change) => change !== "")));
});

/** The preprint as plain text; it does not come with the project. */
const PREPRINT = Deno.env.get("SER_PREPRINT_TEXT");

Deno.test({
  name: "every quote of the ledger is in the preprint (its text: SER_PREPRINT_TEXT=FILE)",
  ignore: PREPRINT === undefined,
  async fn() {
    const plain = (text: string) => text.replace(/\*/g, "").replace(/\s+/g, " ");
    const paper = plain(await Deno.readTextFile(PREPRINT!));
    const strange = entries.flatMap(({ number, quotes }) =>
      quotes.filter((quote) => !paper.includes(plain(quote))).map((quote) => `${number}: ${quote}`)
    );
    deepStrictEqual(strange, []);
  },
});
