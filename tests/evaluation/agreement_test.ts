import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { agreement } from "ser/evaluation/agreement.ts";
import { RandomState } from "ser/support/random.ts";

const random = new RandomState(5);
const answers = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    id: `u${i}`,
    label: i % 3,
    predicted: Math.floor(3 * random.uniform()),
  }));
const right = (all: ReturnType<typeof answers>) =>
  all.filter(({ label, predicted }) => label === predicted).length;

Deno.test("agreement() adds up to both models' right answers and to all utterances", () => {
  const a = answers(60), b = answers(60);
  const { both, onlyFirst, onlySecond, neither } = agreement(a, b.toReversed());
  strictEqual(both + onlyFirst, right(a));
  strictEqual(both + onlySecond, right(b));
  strictEqual(both + onlyFirst + onlySecond + neither, 60);
});

Deno.test("agreement() of a model with itself has no utterance that tells it apart", () => {
  const a = answers(30);
  deepStrictEqual(agreement(a, a), {
    both: right(a),
    onlyFirst: 0,
    onlySecond: 0,
    neither: 30 - right(a),
  });
});

Deno.test("agreement() refuses other utterances", () => {
  const a = answers(2), b = [{ ...a[0] }, { ...a[1], id: "x" }];
  throws(() => agreement(a, b), {
    name: "RangeError",
    message: 'Cannot compare predictions: expected the same 2 utterances, received 2 without "u1"',
  });
  throws(() => agreement(a, answers(3)), /expected the same 2 utterances, received 3/);
});
