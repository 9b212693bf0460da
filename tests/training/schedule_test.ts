import { deepStrictEqual } from "node:assert/strict";
import { learningRateAt, PAPER_SCHEDULE, scaleSchedule } from "ser/training/schedule.ts";

Deno.test("learningRateAt() falls before epoch 100, counted from 0, as the Keras peer does", () => {
  const rates = [0, 99, 100, 249].map((epoch) => learningRateAt(PAPER_SCHEDULE, epoch));
  deepStrictEqual(rates, [1e-3, 1e-3, 1e-4, 1e-4]);
});

Deno.test("learningRateAt() takes the last of several steps", () => {
  const steps = [{ from: 0, rate: 3 }, { from: 2, rate: 2 }, { from: 4, rate: 1 }];
  deepStrictEqual([0, 1, 2, 3, 4, 9].map((e) => learningRateAt(steps, e)), [3, 3, 2, 2, 1, 1]);
});

Deno.test("scaleSchedule() moves the steps in proportion", () => {
  deepStrictEqual(scaleSchedule(PAPER_SCHEDULE, 250, 10), [
    { from: 0, rate: 1e-3 },
    { from: 4, rate: 1e-4 },
  ]);
});

Deno.test("scaleSchedule() keeps the last of steps that fall on one epoch", () => {
  const steps = [{ from: 0, rate: 3 }, { from: 40, rate: 2 }, { from: 50, rate: 1 }];
  deepStrictEqual(scaleSchedule(steps, 100, 2), [{ from: 0, rate: 3 }, { from: 1, rate: 1 }]);
});
