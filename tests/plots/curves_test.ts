import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { learningCurves } from "ser/plots/curves.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const history = {
  loss: [2, 1.5, 1, 0.9],
  accuracy: [0.2, 0.4, 0.6, 0.7],
  testLoss: [2, 1.8, 1.6, 1.7],
  testAccuracy: [0.25, 0.5, 0.625, 0.5],
};

Deno.test("learningCurves() draws accuracy in per cent and loss over epochs from 1", () => {
  const figure = learningCurves(history, { title: "CNN-ATN" });
  isPlainJson(figure);
  const lines = figure.data.filter((trace) => trace.mode === "lines");
  deepStrictEqual(lines.map((line) => [line.name, line.xaxis, line.yaxis, line.x0]), [
    ["training", "x", "y", 1],
    ["test", "x", "y", 1],
    ["training", "x2", "y2", 1],
    ["test", "x2", "y2", 1],
  ]);
  deepStrictEqual(lines[1].y, [25, 50, 62.5, 50]);
  deepStrictEqual(lines[3].y, history.testLoss);
  deepStrictEqual(["xaxis", "yaxis", "xaxis2", "yaxis2"].map((name) => axisTitle(figure, name)), [
    "Epoch",
    "Accuracy (%)",
    "Epoch",
    "Loss (nats)",
  ]);
});

Deno.test("learningCurves() names the part that was looked at", () => {
  const { data } = learningCurves(history, { part: "validation" });
  const names = data.map(({ name }) => name);
  deepStrictEqual(names, [
    ...["training", "validation", "best 62.5 % (epoch 3)", "last 50.0 % (epoch 4)"],
    ...["training", "validation"],
  ]);
});

Deno.test("learningCurves() marks the best and the last epoch", () => {
  const marks = learningCurves(history).data.filter((trace) => trace.mode === "markers");
  deepStrictEqual(marks.map((mark) => [mark.name, mark.x, mark.y]), [
    ["best 62.5 % (epoch 3, a peek at the test set)", [3], [62.5]],
    ["last 50.0 % (epoch 4)", [4], [50]],
  ]);
});

Deno.test("learningCurves() joins the marks when the last epoch is the best", () => {
  const one = { loss: [1], accuracy: [1], testLoss: [1], testAccuracy: [0.5] };
  const marks = learningCurves(one).data.filter((trace) => trace.mode === "markers");
  deepStrictEqual(marks.map((mark) => mark.name), ["best and last 50.0 % (epoch 1)"]);
});

Deno.test("learningCurves() draws a dashed line where the rate changes, in both subplots", () => {
  const learningRateSteps = [{ from: 0, rate: 1e-3 }, { from: 2, rate: 1e-4 }, {
    from: 9,
    rate: 1e-5,
  }];
  const { layout } = learningCurves(history, { learningRateSteps });
  const shapes = layout.shapes as { x0: number; xref: string; line: { dash: string } }[];
  // Two epochs were trained at 1e-3: the line stands between the epochs 2 and 3.
  deepStrictEqual(shapes.map((s) => [s.x0, s.xref, s.line.dash]), [
    [2.5, "x", "dash"],
    [2.5, "x2", "dash"],
  ]);
  const [label] = layout.annotations as { text: string }[];
  strictEqual(label.text, "after epoch 2:<br>learning rate 10<sup>-4</sup>");
});

Deno.test("learningCurves() refuses an empty history", () => {
  const empty = { loss: [], accuracy: [], testLoss: [], testAccuracy: [] };
  throws(() => learningCurves(empty), { name: "RangeError", message: /at least 1 epoch/ });
});

Deno.test("learningCurves() scales the loss to what follows the first epochs, and says what they reach", () => {
  const epochs = (first: number) => Array.from({ length: 20 }, (_, i) => i < 2 ? first : 1.5);
  const layoutOf = (first: number) => {
    const { yaxis2, annotations } = learningCurves({
      ...history,
      loss: epochs(2),
      testLoss: epochs(first),
    }).layout;
    return {
      yaxis2: yaxis2 as { range?: number[]; rangemode?: string },
      annotations: annotations as { text: string }[],
    };
  };
  const high = layoutOf(12.25);
  deepStrictEqual(high.yaxis2.range, [0, 1.05 * 1.5]);
  deepStrictEqual(high.annotations.map(({ text }) => text), ["first epochs:<br>up to 12.3"]);
  const usual = layoutOf(2.9);
  strictEqual(usual.yaxis2.rangemode, "tozero");
  deepStrictEqual([usual.yaxis2.range, usual.annotations.length], [undefined, 0]);
});
