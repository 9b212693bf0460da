import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { confusionPanels } from "ser/plots/confusion_panels.ts";
import { isPlainJson } from "./read_figure.ts";

const classes = ["angry", "sad"];
const panel = (title: string) => ({ title, counts: [[3, 1], [0, 0]] });

Deno.test("confusionPanels() colours shares of the rows and writes them in per cent", () => {
  const figure = confusionPanels([panel("CNN")], classes, { title: "All" });
  isPlainJson(figure);
  deepStrictEqual(figure.data[0].z, [[0.75, 0.25], [0, 0]]); // a row without utterances is 0
  deepStrictEqual(figure.data[1].text, ["75", "25", "", ""]);
});

Deno.test("confusionPanels() places two in a row, from the top, and none over another", () => {
  const titles = ["a", "b", "c", "d", "e"];
  const { data, layout } = confusionPanels(titles.map(panel), classes, { title: "All" });
  strictEqual(data.length, 10);
  const places = titles.map((_, i) => {
    const [x, y] = ["xaxis", "yaxis"].map((name) =>
      (layout[`${name}${i === 0 ? "" : i + 1}`] as { domain: [number, number] }).domain
    );
    return { x, y };
  });
  strictEqual(places[0].x[1] < places[1].x[0], true);
  deepStrictEqual(places[0].y, places[1].y);
  strictEqual(places[0].y[0] > places[2].y[1] && places[2].y[0] > places[4].y[1], true);
  strictEqual(places[0].y[1] === 1 && Math.abs(places[4].y[0]) < 1e-9, true);
  deepStrictEqual((layout.annotations as { text: string }[]).map(({ text }) => text), titles);
});

Deno.test("confusionPanels() refuses a matrix of other classes, and none", () => {
  throws(() => confusionPanels([{ title: "", counts: [[1]] }], classes, { title: "" }), {
    name: "TypeError",
    message:
      "Cannot draw the confusion matrix: expected 2 rows of 2 counts for 2 classes, received rows of 1",
  });
  throws(() => confusionPanels([], classes, { title: "" }), { message: /received no matrix$/ });
});
