import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { answersFigure } from "ser/plots/answers.ts";
import { axisTitle, isPlainJson } from "./read_figure.ts";

Deno.test("answersFigure() has a row for each network and a column for each emotion", () => {
  const answers = [
    { title: "CNN", probabilities: [0.004, 0.996] },
    { title: "DNN", probabilities: [0.5, 0.5] },
  ];
  const figure = answersFigure(answers, ["angry", "sad"], "Two networks");
  isPlainJson(figure);
  const [cells, numbers] = figure.data;
  deepStrictEqual(cells.z, [[0.004, 0.996], [0.5, 0.5]]);
  deepStrictEqual([cells.x, cells.y], [["angry", "sad"], ["CNN", "DNN"]]);
  deepStrictEqual(numbers.text, ["0", "100", "50", "50"]);
  deepStrictEqual(numbers.y, ["CNN", "CNN", "DNN", "DNN"]);
  strictEqual(axisTitle(figure, "xaxis"), "Probability of the emotion (%)");
  deepStrictEqual([figure.layout.width, figure.layout.height], [350, 226]);
});

Deno.test("answersFigure() refuses an answer for other emotions", () => {
  throws(() => answersFigure([{ title: "CNN", probabilities: [1] }], ["angry", "sad"], ""), {
    name: "TypeError",
    message: 'Cannot draw the answers: expected 2 probabilities, received 1 of "CNN"',
  });
});
