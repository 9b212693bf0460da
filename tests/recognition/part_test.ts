import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { loudestPart, paddedPart, placeAttention } from "ser/recognition/part.ts";

Deno.test("loudestPart() finds the stretch with the largest sum of c0, as trying all of them does", () => {
  const rows = 40, columns = 2, most = 7;
  const data = Float32Array.from(
    { length: rows * columns },
    (_, i) => -300 + 100 * Math.sin(i * i),
  );
  const sumFrom = (first: number) =>
    Array.from({ length: most }, (_, t) => data[(first + t) * columns])
      .reduce((sum, value) => sum + value, 0);
  const sums = Array.from({ length: rows - most + 1 }, (_, first) => sumFrom(first));
  const best = sums.indexOf(Math.max(...sums));
  deepStrictEqual(loudestPart({ data, rows, columns }, most), { first: best, frames: most });
});

Deno.test("paddedPart() puts the zeros where the network learned them", () => {
  const mfcc = { data: Float32Array.of(1, 2, 3), rows: 3, columns: 1 };
  const part = { first: 1, frames: 2 };
  deepStrictEqual([...paddedPart(mfcc, { part, frames: 4, padding: "before" })], [0, 0, 2, 3]);
  deepStrictEqual([...paddedPart(mfcc, { part, frames: 4, padding: "after" })], [2, 3, 0, 0]);
});

/** 3 frames of 6, of which the middle two are read, in an input of 5, 2 frames to a position. */
const placement = {
  part: { first: 1, frames: 2 },
  rows: 3,
  frames: 5,
  secondsPerFrame: 0.5,
} as const;

Deno.test("placeAttention() by hand, zeros before", () => {
  // Input: 0 0 0 a b; positions see 00, 00, 0a, ab. Frame a is frame 1 of the recording.
  const placed = placeAttention([0.125, 0.25, 0.125, 0.5], { ...placement, padding: "before" });
  strictEqual(placed.onPadding, 0.375);
  deepStrictEqual([...placed.weights], [0.125, 0.5]);
  deepStrictEqual([...placed.times], [0.25, 0.75]); // middles of frames 0 and 1, 1 and 2
  strictEqual(placed.width, 1);
  deepStrictEqual([...placed.frameWeights], [0, 0.3125, 0.25]); // a: half of 0.125, half of 0.5
});

Deno.test("placeAttention() by hand, zeros after", () => {
  // Input: a b 0 0 0; positions see ab, b0, 00, 00.
  const placed = placeAttention([0.5, 0.125, 0.25, 0.125], { ...placement, padding: "after" });
  strictEqual(placed.onPadding, 0.375);
  deepStrictEqual([...placed.times], [0.75, 1.25]);
  deepStrictEqual([...placed.frameWeights], [0, 0.25, 0.3125]);
});

Deno.test("placeAttention() loses nothing where positions see one frame and all is read", () => {
  const alpha = Float32Array.from({ length: 9 }, (_, i) => (i + 1) / 45);
  const placed = placeAttention(alpha, {
    ...{ part: { first: 0, frames: 9 }, rows: 9, frames: 9, padding: "before" },
    secondsPerFrame: 0.1,
  });
  deepStrictEqual(placed.frameWeights, alpha);
  ok(placed.times.every((time, t) => Math.abs(time - t / 10) < 1e-6)); // float32
});
