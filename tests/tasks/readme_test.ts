import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { mergeRows, replaceSection, resultsSection, type StoredRow } from "ser/tasks/readme.ts";

function row(corpus: string, seed: number, correct: number): StoredRow {
  return {
    ...{ corpus, model: "CNN-ATN", change: "", correct, total: 288, interval: [0, 1], uar: 0.5 },
    ...{ baseline: 0.125, protocol: "random", seed, epochs: 250, backend: "native", seconds: 1 },
    run: `cnn-attention_${corpus}_seed${seed}`,
    paper: { printed: "77", correct: 222, total: 288, impossible: false },
  };
}

Deno.test("mergeRows() keeps one row per run, the newer one, in the paper's order", () => {
  const merged = mergeRows([row("savee", 0, 1), row("ravdess", 1, 2)], [row("savee", 0, 3)]);
  deepStrictEqual(merged.map(({ run, correct }) => [run, correct]), [
    ["cnn-attention_ravdess_seed1", 2],
    ["cnn-attention_savee_seed0", 3],
  ]);
});

Deno.test("resultsSection() gives mean and standard deviation over seeds", () => {
  // 72, 144 and 216 of 288 are 25, 50 and 75 %: mean 50, deviation of the sample 25
  const text = resultsSection([72, 144, 216].map((k, seed) => row("ravdess", seed, k)));
  match(text, /\| RAVDESS \| CNN-ATN \| 77 % \(222 of 288\) \| \*\*50\.0 ± 25\.0 %\*\* \|/);
  match(text, /0: 25\.0 % \(72 of 288\), 1: 50\.0 % \(144 of 288\), 2: 75\.0 %/);
});

Deno.test("resultsSection() gives a single run without a deviation", () => {
  match(resultsSection([row("ravdess", 0, 144)]), /\| \*\*50\.0 %\*\* \|/);
});

Deno.test("replaceSection() replaces what stands between the markers, and nothing else", () => {
  const readme =
    "a\n<!-- results: written by `deno task readme` -->\nold\n<!-- end of results -->\nb";
  const once = replaceSection(readme, "results", "new\n");
  match(once, /^a\n.*-->\n\nnew\n\n<!-- end of results -->\nb$/);
  strictEqual(replaceSection(once, "results", "new\n"), once);
  throws(() => replaceSection("no markers", "results", "new"), {
    name: "SyntaxError",
    message: /expected the lines/,
  });
});
