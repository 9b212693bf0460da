import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import type { Trace } from "ser/plots/figure.ts";
import { referenceFigure, type ReferenceLine } from "ser/plots/reference_runs.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const titles = { title: "CNN-ATN", quantity: "accuracy (%)" };
const known: ReferenceLine = {
  name: "known speakers",
  paper: { value: 77, interval: [71.5, 81.9] },
  own: 73.6,
  reference: { value: 75, interval: [72, 78], single: [73, 77] },
};
const fresh: ReferenceLine = { name: "new speakers", missing: "missing: 5 of 5 folds" };
const traceOf = (data: readonly Trace[], name: string) =>
  data.find((trace) => trace.name === name)!;

Deno.test("referenceFigure() draws the paper as a line with a band, our mean with its interval", () => {
  const { data, layout } = referenceFigure([{ title: "RAVDESS", lines: [known, fresh] }], titles);
  isPlainJson({ data, layout });
  deepStrictEqual(traceOf(data, "the paper").x, [77, 77, null]);
  const [band, ...others] = layout.shapes as { x0: number; x1: number }[];
  deepStrictEqual([band.x0, band.x1, others.length], [71.5, 81.9, 0]);
  deepStrictEqual(traceOf(data, "this run").x, [73.6]);
  const mean = traceOf(data, "reference, mean");
  const { array, arrayminus } = mean.error_x as Record<string, number[]>;
  deepStrictEqual([mean.x, mean.y, array, arrayminus], [[75], [0], [3], [3]]);
  deepStrictEqual(mean.text, ["known speakers, reference: 75.0 (72.0 to 78.0)"]);
  deepStrictEqual(traceOf(data, "single seed or fold").x, [73, 77]);
  strictEqual(axisTitle({ data, layout }, "xaxis"), "RAVDESS: accuracy (%)");
});

Deno.test("referenceFigure() names what is missing at its line, away from the line's numbers", () => {
  const noted = (line: ReferenceLine) => {
    const { layout } = referenceFigure([{ title: "X", lines: [known, line] }], titles);
    return layout.annotations as { text: string; y: number; xanchor: string }[];
  };
  const [{ text, y }, ...others] = noted(fresh);
  deepStrictEqual([text, Math.round(y), others.length], ["missing: 5 of 5 folds", -1, 0]);
  strictEqual(noted({ ...fresh, own: 5 })[0].xanchor, "right");
  strictEqual(noted({ ...fresh, own: 95 })[0].xanchor, "left");
});

Deno.test("referenceFigure() gives all panels one range, at least 40 points inside of 0 to 100", () => {
  const rangeOf = (values: number[]) => {
    const panels = values.map((own) => ({ title: "X", lines: [{ name: "a", own }] }));
    const { layout } = referenceFigure(panels, titles);
    const ranges = ["xaxis", "xaxis2"].flatMap((name) =>
      (layout[name] as { range: number[] } | undefined)?.range ?? []
    );
    deepStrictEqual(ranges.slice(0, 2), ranges.slice(-2));
    return ranges.slice(0, 2);
  };
  deepStrictEqual(rangeOf([20, 85]), [10, 90]);
  deepStrictEqual(rangeOf([44]), [40, 80]);
  deepStrictEqual(rangeOf([99]), [60, 100]);
  deepStrictEqual(rangeOf([0]), [0, 40]);
});

Deno.test("referenceFigure() names lines left of the first panel and shows each kind once", () => {
  const lines = [known, fresh];
  const { data, layout } = referenceFigure(
    [{ title: "RAVDESS", lines }, { title: "SAVEE", lines }],
    titles,
  );
  const names = ["yaxis", "yaxis2"].map((axis) =>
    (layout[axis] as { ticktext: string[] }).ticktext
  );
  deepStrictEqual(names, [["known speakers", "new speakers"], ["", ""]]);
  strictEqual(data.filter(({ showlegend }) => showlegend).length, 4);
  const [left, right] = ["xaxis", "xaxis2"].map((axis) =>
    (layout[axis] as { domain: number[] }).domain
  );
  ok(left[1] < right[0]);
});

Deno.test("referenceFigure() refuses no line, and panels of other lines", () => {
  const refused = (panels: { title: string; lines: ReferenceLine[] }[], received: string) =>
    throws(() => referenceFigure(panels, titles), {
      name: "RangeError",
      message:
        `Cannot draw the reference results: expected the same lines in each panel, at least 1, received ${received}`,
    });
  refused([], "no panel");
  refused([{ title: "X", lines: [] }], "[]");
  refused(
    [{ title: "X", lines: [known] }, { title: "Y", lines: [fresh] }],
    "[known speakers] and [new speakers]",
  );
});
