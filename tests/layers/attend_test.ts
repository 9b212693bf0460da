import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { attendTo } from "ser/layers/attend.ts";

const FRAMES = [[1, 0], [0, 1], [1, 1]];

Deno.test("attendTo() weighs by hand: scores 1, 1, 2", () => {
  const { scores, weights, context } = attendTo(FRAMES);
  deepStrictEqual(scores, [1, 1, 2]);
  const expected = [1 / (2 + Math.E), 1 / (2 + Math.E), Math.E / (2 + Math.E)];
  weights.forEach((weight, i) => ok(Math.abs(weight - expected[i]) < 1e-15));
  ok(Math.abs(context[0] - (expected[0] + expected[2])) < 1e-15);
});

Deno.test('attendTo() with score "general" and W_s = I gives the printed dot score', () => {
  const identity = [[1, 0], [0, 1]];
  deepStrictEqual(
    attendTo(FRAMES, { score: "general", scoreWeights: identity }),
    attendTo(FRAMES, { score: "dot" }),
  );
});

Deno.test("attendTo() survives scores that overflow a plain exponential", () => {
  const { weights } = attendTo([[0], [1000]]);
  deepStrictEqual(weights, [0, 1]);
});

Deno.test("attendTo() says what it lacks", () => {
  throws(() => attendTo([]), { name: "RangeError", message: /need at least one frame/ });
  throws(() => attendTo(FRAMES, { score: "general" }), /expected scoreWeights/);
});
