import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { compare, growth, median } from "ser/bench/statistics.ts";

Deno.test("median() takes the middle, leaves its input alone, and refuses an empty list", () => {
  const values = [10, 2, 33, 4];
  strictEqual(median(values), 7);
  deepStrictEqual(values, [10, 2, 33, 4]);
  strictEqual(median([5]), 5);
  strictEqual(median([9, 10, 8]), 9); // as text, 10 would come first
  throws(() => median([]), { name: "RangeError", message: /at least one number, received none/ });
});

Deno.test("compare() divides medians, and pairs the rounds for the spread", () => {
  // medians 3 and 6; rounds 1/6, 3/3, 8/9
  deepStrictEqual(compare([1, 3, 8], [6, 3, 9]), { ratio: 0.5, least: 1 / 6, most: 1 });
  throws(() => compare([1, 2], [1]), { name: "RangeError", message: /received 2 and 1/ });
});

Deno.test("growth() is the power: constant 0, proportional 1, quadratic 2", () => {
  strictEqual(growth(4, 3, 3), 0);
  strictEqual(growth(4, 3, 12), 1);
  strictEqual(growth(4, 3, 48), 2);
});
