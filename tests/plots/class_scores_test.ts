import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import { classScoresFigure } from "ser/plots/class_scores.ts";
import { readFixture } from "../fixtures/statistics/read.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

interface Scores {
  classes: number;
  confusion: number[][];
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
  uar: number;
  macroF1: number;
}

Deno.test("classScoresFigure() draws what scikit-learn gives for each class, and the means", async () => {
  const { cases } = await readFixture<{ cases: Scores[] }>("metrics.json");
  for (const { confusion, classes, ...expected } of cases) {
    const names = Array.from({ length: classes }, (_, i) => `class ${i}`);
    const figure = classScoresFigure(confusion, names);
    isPlainJson(figure);
    const seen = expected.support.map((support, i) =>
      support > 0 || confusion.some((row) => row[i] > 0)
    );
    const percent = (shares: number[]) =>
      shares.filter((_, i) => seen[i]).map((share) => Number((100 * share).toFixed(2)));
    const [precision, recall, f1] = figure.data.map(({ x }) => x as number[]);
    deepStrictEqual(precision.slice(0, -1), percent(expected.precision));
    deepStrictEqual(recall.slice(0, -1), percent(expected.recall));
    deepStrictEqual(f1.slice(0, -1), percent(expected.f1));
    ok(Math.abs(recall.at(-1)! - 100 * expected.uar) <= 0.005); // drawn with two decimals
    ok(Math.abs(f1.at(-1)! - 100 * expected.macroF1) <= 0.005);
    const texts = (figure.layout.annotations as { text: string }[]).map(({ text }) => text);
    const total = expected.support.reduce((sum, n) => sum + n, 0);
    deepStrictEqual(texts, ["utterances", ...expected.support.map(String), String(total)]);
  }
});

Deno.test("classScoresFigure() names emotions from the top, then their mean", () => {
  const { data, layout } = classScoresFigure([[3, 1], [0, 4]], ["anger", "sadness"]);
  const { ticktext, tickvals } = layout.yaxis as { ticktext: string[]; tickvals: number[] };
  deepStrictEqual([ticktext, tickvals], [["anger", "sadness", "mean"], [0, -1, -2]]);
  deepStrictEqual(data.map(({ name }) => name), ["precision", "recall", "F1"]);
  strictEqual((data[1].text as string[])[0], "anger, recall: 75.0 %");
  strictEqual(axisTitle({ data, layout }, "xaxis"), "Share (%)");
});

Deno.test("classScoresFigure() leaves the line of an absent emotion empty", () => {
  const { data } = classScoresFigure([[2, 0, 0], [1, 1, 0], [0, 0, 0]], ["a", "b", "absent"]);
  deepStrictEqual(data[0].y, [0, -1, -3]);
});

Deno.test("classScoresFigure() refuses counts of another shape, and none", () => {
  throws(() => classScoresFigure([[1, 2]], ["a", "b"]), {
    name: "TypeError",
    message:
      "Cannot draw the scores: expected 2 rows of 2 counts, not all 0, received rows of 2 with 3 utterances",
  });
  throws(() => classScoresFigure([[0]], ["a"]), {
    message: /received rows of 1 with 0 utterances/,
  });
});
