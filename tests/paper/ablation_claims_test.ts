import { deepStrictEqual, ok } from "node:assert/strict";
import { ABLATION_CLAIMS } from "ser/paper/ablation_claims.ts";
import { ABLATIONS, paperResult } from "ser/paper/results.ts";

Deno.test("each ablation of the paper has claims, and each claim an ablation", () => {
  const named = (rows: readonly { corpus: string; model: string; change?: string }[]) =>
    [...new Set(rows.map(({ corpus, model, change }) => `${corpus} ${model} ${change}`))].sort();
  deepStrictEqual(named(ABLATION_CLAIMS), named(ABLATIONS));
});

Deno.test("claims on accuracies say what their numbers say", () => {
  for (const { corpus, model, change, quantity, expected, printed } of ABLATION_CLAIMS) {
    if (quantity !== "accuracy") continue;
    const [changed, usual] = [change, undefined].map((c) => paperResult(model, corpus, c)!.printed);
    const sign = Math.sign(Number(changed) - Number(usual));
    deepStrictEqual(sign, { lower: -1, equal: 0, higher: 1 }[expected]);
    ok(printed.includes(changed));
  }
});
