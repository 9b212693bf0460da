import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { wilsonInterval } from "ser/evaluation/interval.ts";
import { normalQuantile } from "ser/evaluation/probability.ts";

const rounded = (digits: number, scale: number, ...numbers: number[]) =>
  numbers.map((value) => Number((value * scale).toFixed(digits)));

Deno.test("wilsonInterval() gives the values published by Newcombe (1998), table I, method 3", () => {
  const published: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [k, n, low, high] of published) {
    deepStrictEqual(rounded(4, 1, ...wilsonInterval(k, n)), [low, high]);
  }
});

Deno.test("wilsonInterval() gives the intervals of the paper's own accuracies (paper-notes 1.8)", () => {
  const known: [number, number, number, number][] = [ // percent; RAVDESS, then SAVEE
    [94, 288, 27.5, 38.3],
    [130, 288, 39.5, 50.9],
    [202, 288, 64.6, 75.1],
    [190, 288, 60.3, 71.2],
    [203, 288, 65.0, 75.5],
    [222, 288, 71.9, 81.6],
    [187, 288, 59.3, 70.2],
    [46, 96, 38.2, 57.8],
    [67, 96, 60.0, 78.1],
    [64, 96, 56.8, 75.3],
    [53, 96, 45.3, 64.8],
    [71, 96, 64.4, 81.7],
    [45, 96, 37.2, 56.8],
  ];
  for (const [k, n, low, high] of known) {
    deepStrictEqual(rounded(1, 100, ...wilsonInterval(k, n)), [low, high]);
  }
});

Deno.test("wilsonInterval() is where the score test's z equals its bound", () => {
  for (const [k, n, confidence] of [[3, 10, 0.95], [50, 60, 0.9], [7, 8, 0.99]]) {
    const z = normalQuantile(0.5 + confidence / 2);
    for (const p of wilsonInterval(k, n, confidence)) {
      const score = Math.abs(k / n - p) / Math.sqrt(p * (1 - p) / n);
      ok(Math.abs(score - z) < 1e-9);
    }
  }
});

Deno.test("wilsonInterval() of none and of all mirrors and touches the ends", () => {
  const [low, high] = wilsonInterval(0, 12), [mirrorLow, mirrorHigh] = wilsonInterval(12, 12);
  deepStrictEqual([low, mirrorHigh], [0, 1]);
  ok(Math.abs(high + mirrorLow - 1) < 1e-12);
});

Deno.test("normalQuantile() gives tabulated values", () => {
  const table = [[0.5, 0], [0.95, 1.6448536269514722], [0.975, 1.959963984540054], [
    0.995,
    2.5758293035489004,
  ]];
  for (const [probability, z] of table) ok(Math.abs(normalQuantile(probability) - z) < 1e-12);
});

Deno.test("wilsonInterval() refuses counts and confidences that are none", () => {
  for (const args of [[-1, 5], [6, 5], [0, 0], [1.5, 5], [1, 5, 1], [1, 5, 0]]) {
    throws(() => wilsonInterval(...args as [number, number, number?]), {
      name: "RangeError",
      message: /expected integers 0 <= k <= n >= 1 and a confidence in \(0, 1\)/,
    });
  }
});
