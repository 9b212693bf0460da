import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { confusionFigure } from "ser/plots/confusion.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

const CLASSES = ["sad", "angry", "calm"];
const COUNTS = [[8, 2, 0], [1, 3, 0], [0, 0, 0]];

Deno.test("confusionFigure() colours by the share of the row and writes the counts", () => {
  const figure = confusionFigure(COUNTS, CLASSES);
  isPlainJson(figure);
  const [cells, text] = figure.data;
  deepStrictEqual(cells.z, [[0.8, 0.2, 0], [0.25, 0.75, 0], [0, 0, 0]]); // an empty row is 0
  deepStrictEqual([cells.zmin, cells.zmax], [0, 1]);
  deepStrictEqual(text.text, ["8", "2", "0", "1", "3", "0", "0", "0", "0"]);
  deepStrictEqual((text.x as string[]).slice(0, 4), ["sad", "angry", "calm", "sad"]);
  deepStrictEqual((text.y as string[]).slice(0, 4), ["sad", "sad", "sad", "angry"]);
});

Deno.test("confusionFigure() keeps the label order: rows true, columns recognised", () => {
  const figure = confusionFigure(COUNTS, CLASSES);
  deepStrictEqual([figure.data[0].x, figure.data[0].y], [CLASSES, CLASSES]);
  strictEqual(axisTitle(figure, "xaxis"), "Recognised as");
  strictEqual(axisTitle(figure, "yaxis"), "True emotion");
  strictEqual((figure.layout.yaxis as { autorange: string }).autorange, "reversed"); // from the top
});

Deno.test("confusionFigure() says the recall of each row and tells more on hover", () => {
  const figure = confusionFigure(COUNTS, CLASSES);
  const labels = (figure.layout.annotations as { text: string }[]).map(({ text }) => text);
  deepStrictEqual(labels, ["recall", "80 %", "75 %", "none"]);
  const hover = figure.data[0].text as string[][];
  strictEqual(hover[0][1], "true sad, recognised as angry<br>2 of 10 (20.0 %)");
});

Deno.test("confusionFigure() writes light on dark cells and dark on light ones", () => {
  const { color } = confusionFigure([[9, 1], [0, 1]], ["sad", "calm"]).data[1].textfont as {
    color: string[];
  };
  deepStrictEqual([color[0], color[1], color[3]], ["#ffffff", "#000000", "#ffffff"]);
});

Deno.test("confusionFigure() refuses counts that do not fit the classes", () => {
  throws(() => confusionFigure([[1, 2], [3]], ["sad", "calm"]), {
    name: "TypeError",
    message: /expected 2 rows of 2 counts for 2 classes, received rows of 2, 1$/,
  });
});
