import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { COMPARED_WORKS, sameInTable2 } from "ser/paper/compared.ts";

Deno.test("COMPARED_WORKS are four of Table 3 and seven of Table 4, each cited", () => {
  const of = (corpus: string) => COMPARED_WORKS.filter((work) => work.corpus === corpus);
  deepStrictEqual([of("savee").length, of("ravdess").length], [4, 7]);
  for (const { work, printed } of COMPARED_WORKS) {
    match(work, / \[\d+\]$/);
    ok(printed.every((number) => Number(number) > 0 && Number(number) < 100));
  }
});

Deno.test("four numbers of Table 4 are Table 2's SAVEE column, in its order", () => {
  const same = COMPARED_WORKS.map(sameInTable2).filter((rows) => rows.length > 0);
  strictEqual(same.length, 4);
  const models = same.map((rows) => rows.map(({ model }) => model));
  deepStrictEqual(models, [["dbn"], ["sdnn", "lstm-attention"], ["lstm"], [
    "sdnn",
    "lstm-attention",
  ]]);
});
