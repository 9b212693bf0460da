import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import {
  calibrationError,
  fitTemperature,
  reliability,
  withTemperature,
} from "ser/evaluation/calibration.ts";
import { near, readFixture } from "../fixtures/statistics/read.ts";

/** What calibration.py writes. */
interface Fixture {
  answers: {
    probabilities: number[];
    labels: number[];
    temperature: number;
    after: number[];
    accuracy: number[];
    confidence: number[];
    counts: number[];
    error: number;
  }[];
}

const { answers } = await readFixture<Fixture>("calibration.json");

Deno.test("withTemperature() equals SciPy's softmax of the divided logits", () => {
  for (const { probabilities, labels, temperature, after } of answers) {
    const classes = probabilities.length / labels.length;
    labels.forEach((_, i) => {
      const row = probabilities.slice(i * classes, (i + 1) * classes);
      near(withTemperature(row, temperature), after.slice(i * classes, (i + 1) * classes), `${i}`);
    });
  }
});

Deno.test("withTemperature() keeps the order, and at 1 the probabilities", () => {
  near(withTemperature([0.2, 0.5, 0.3], 1), [0.2, 0.5, 0.3], "temperature 1");
  const hot = withTemperature([0.2, 0.5, 0.3], 1e9), cold = withTemperature([0.2, 0.5, 0.3], 1e-3);
  ok(hot.every((p) => Math.abs(p - 1 / 3) < 1e-6));
  near(cold, [0, 1, 0], "near 0");
  near(withTemperature([1, 0], 2), [1, 0], "a probability of 0"); // 1e-37 becomes 3e-19
  throws(() => withTemperature([1], 0), {
    name: "RangeError",
    message: "Cannot calibrate: expected a temperature > 0, received 0",
  });
});

Deno.test("fitTemperature() finds SciPy's minimum", () => {
  for (const { probabilities, labels, temperature } of answers) {
    // the search ends within 1e-6 of the logarithm
    ok(Math.abs(Math.log(fitTemperature({ probabilities, labels }) / temperature)) < 2e-6);
  }
});

Deno.test("fitTemperature() by hand: odds of 9, right in 3 of 4 cases, should be odds of 3", () => {
  const probabilities = Array.from({ length: 4 }, () => [0.9, 0.1]).flat();
  ok(Math.abs(fitTemperature({ probabilities, labels: [0, 0, 0, 1] }) - 2) < 1e-5);
});

Deno.test("fitTemperature() stops at the ends of its range", () => {
  const probabilities = [0.6, 0.4, 0.4, 0.6];
  ok(Math.abs(fitTemperature({ probabilities, labels: [0, 1] }) - 0.05) < 1e-4); // all right
  ok(Math.abs(fitTemperature({ probabilities, labels: [1, 0] }) - 50) < 1e-3); // none
});

Deno.test("reliability() and calibrationError() equal scikit-learn's calibration_curve", () => {
  for (const { probabilities, labels, ...expected } of answers) {
    const bins = reliability({ probabilities, labels });
    const filled = bins.filter(({ count }) => count > 0);
    deepStrictEqual(filled.map(({ count }) => count), expected.counts);
    near(filled.map(({ accuracy }) => accuracy), expected.accuracy, "accuracy");
    near(filled.map(({ confidence }) => confidence), expected.confidence, "confidence");
    near(calibrationError(bins), expected.error, "expected calibration error");
  }
});

Deno.test("reliability() puts a probability on a bound into the lower bin", () => {
  const bins = reliability({ probabilities: [0.5, 0.5, 1, 0], labels: [0, 1] }, 2);
  deepStrictEqual(bins, [
    { from: 0, to: 0.5, count: 1, accuracy: 1, confidence: 0.5 },
    { from: 0.5, to: 1, count: 1, accuracy: 0, confidence: 1 },
  ]);
  strictEqual(calibrationError(bins), 0.5 * 0.5 + 0.5 * 1);
  throws(() => reliability({ probabilities: [], labels: [] }), /at least one, received 0 for 0/);
  throws(() => reliability({ probabilities: [1, 0, 1], labels: [0, 1] }), RangeError);
});
