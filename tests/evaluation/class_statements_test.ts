import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { judgeStatements } from "ser/evaluation/class_statements.ts";
import { correctCount } from "ser/evaluation/metrics.ts";
import { CLASS_FACTS, type ClassFact, classFacts } from "ser/paper/confusions.ts";
import { corpusInfo } from "ser/corpora/info.ts";

const classes = ["a", "b", "c", "d"];
const recallsOf = (recalls: number[]) =>
  recalls.map((right, i) =>
    classes.map((_, j) => i === j ? right : j === (i + 1) % 4 ? 10 - right : 0)
  );
const fact = (emotion: string, rank: ClassFact["rank"]): ClassFact => ({
  ...{ model: "cnn", corpus: "savee", emotion, rank, printed: "0", correct: 0, support: 10 },
});
const holds = (facts: ClassFact[], recalls: number[]) =>
  judgeStatements(facts, recallsOf(recalls), classes).map(({ holds }) => holds);

Deno.test("judgeStatements() ranks recalls, ties in favour of the statement", () => {
  deepStrictEqual(holds([fact("a", "lowest"), fact("d", "best")], [1, 2, 3, 4]), [true, true]);
  deepStrictEqual(holds([fact("b", "lowest"), fact("c", "best")], [1, 2, 3, 4]), [false, false]);
  deepStrictEqual(holds([fact("b", "lowest")], [2, 2, 3, 4]), [true]);
  deepStrictEqual(holds([fact("b", "second lowest")], [1, 2, 3, 4]), [true]);
  deepStrictEqual(holds([fact("a", "second lowest")], [1, 2, 3, 4]), [false]);
  deepStrictEqual(holds([fact("a", "second lowest")], [2, 2, 3, 4]), [true]);
  deepStrictEqual(holds([fact("c", "second best")], [1, 2, 3, 4]), [true]);
  deepStrictEqual(holds([fact("b", "second best")], [1, 2, 3, 4]), [false]);
});

Deno.test("judgeStatements() lets two emotions share a rank where the paper names two", () => {
  const two = [fact("c", "best"), fact("d", "best")];
  deepStrictEqual(holds(two, [1, 2, 3, 4]), [true, true]);
  deepStrictEqual(holds(two, [1, 4, 3, 4]), [false, true]);
});

Deno.test("judgeStatements() compares confusions with the other wrong answers of the row", () => {
  const with2 = {
    ...fact("a", "lowest"),
    confusions: [{ emotion: "b", count: 3 }, { emotion: "c", count: 3 }],
  };
  const judged = (row: number[]) => {
    const rest = [[0, 9, 0, 0], [0, 0, 9, 0], [0, 0, 0, 9]];
    return judgeStatements([with2], [row, ...rest], classes).slice(1).map(({ holds }) => holds);
  };
  deepStrictEqual(judged([1, 5, 4, 3]), [true, true]);
  deepStrictEqual(judged([1, 5, 3, 4]), [true, false]);
  deepStrictEqual(judged([9, 0, 0, 1]), [false, false]); // never taken for them
});

Deno.test("judgeStatements() gives shares of both, and holds for nothing where none was tested", () => {
  const [{ paper, ours, statement }] = judgeStatements(
    [{ ...fact("b", "best"), correct: 3, support: 4 }],
    recallsOf([1, 2, 3, 4]),
    classes,
  );
  deepStrictEqual(paper, { share: 0.75, count: 3, support: 4 });
  deepStrictEqual([ours, statement], [0.2, "b has the best recall"]);
  const none = recallsOf([1, 2, 3, 4]).map((row, i) => i === 1 ? [0, 0, 0, 0] : row);
  const [judged] = judgeStatements([fact("b", "lowest")], none, classes);
  deepStrictEqual([judged.holds, judged.ours], [false, NaN]);
});

Deno.test("judgeStatements() knows every emotion that the paper names, and no others", () => {
  for (const { model, corpus } of CLASS_FACTS) {
    const { emotions } = corpusInfo(corpus), n = emotions.length;
    const perfect = emotions.map((_, i) => emotions.map((_, j) => i === j ? 10 : 0));
    const judged = judgeStatements(classFacts(model, corpus), perfect, emotions);
    strictEqual(correctCount(perfect), 10 * n);
    // all recalls are equal: every rank holds, and nothing is confused
    strictEqual(
      judged.every(({ statement, holds }) => holds === statement.endsWith("recall")),
      true,
    );
  }
  throws(() => judgeStatements([fact("joy", "best")], recallsOf([1, 2, 3, 4]), classes), {
    message: 'Cannot judge the statement: expected an emotion among a, b, c, d, received "joy"',
  });
});
