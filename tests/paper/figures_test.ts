import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { PAPER_FIGURES } from "ser/paper/figures.ts";

Deno.test("PAPER_FIGURES has each number of the text once", () => {
  deepStrictEqual(
    PAPER_FIGURES.map(({ number }) => number),
    Array.from({ length: 30 }, (_, i) => i + 1),
  );
});

Deno.test("captions are three behind from figure 9 on, but for the odd captions of the simple DNN", () => {
  const others = PAPER_FIGURES.filter(({ number, caption }) =>
    number > 8 && number - caption !== 3
  );
  deepStrictEqual(others.map(({ number, caption }) => [number, caption]), [[10, 3]]);
});

const paperFigure = (wanted: number) => PAPER_FIGURES.find(({ number }) => number === wanted)!;

Deno.test("PAPER_FIGURES agree with what the text says of its figures", () => {
  strictEqual(paperFigure(18).shows, "the CNN with zero padding");
  deepStrictEqual(paperFigure(24).corpora, ["savee"]);
  deepStrictEqual([16, 17, 21, 22].map((n) => paperFigure(n).model), [
    "cnn",
    "cnn",
    "cnn-attention",
    "cnn-attention",
  ]);
  strictEqual(paperFigure(30).kind, "confusion");
  ok(PAPER_FIGURES.filter(({ kind }) => kind === "confusion").length === 6);
});
