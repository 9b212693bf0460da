/** The steps in C++ against those in TypeScript, which are compared with librosa elsewhere. @module */
import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { resample } from "ser/audio/resample.ts";
import { largestDifference } from "ser/features/librosa_example.ts";
import { mfcc, type MfccOptions } from "ser/features/mfcc.ts";
import { RandomState } from "ser/support/random.ts";
import { difference, SIGNALS, vectors } from "../fixtures/librosa/vectors.ts";
import { compiledSteps } from "./compiled_steps.ts";

const compiled = await compiledSteps();
if (!compiled) console.log("Skipping the steps in C++: there is no compiler");
const steps = compiled!;

function test(name: string, fn: () => void | Promise<void>): void {
  Deno.test({ name, ignore: !compiled, fn });
}

/** A sweep and bursts of noise, with quiet between. */
function sound(samples: number): Float32Array {
  const random = new RandomState(1);
  const burst = (i: number) => Math.exp(-(i % 20000) / 2000) * (random.uniform() - 0.5);
  return Float32Array.from(
    { length: samples },
    (_, i) => 0.3 * Math.sin(i * i / 90000) + 0.4 * burst(i),
  );
}

for (const rate of [8000, 11025, 12000, 16000, 32000, 44100, 48000, 96000, 192000]) {
  test(`CompiledSteps.resample() gives what resample() gives, from ${rate} Hz`, () => {
    for (const samples of [0, 1, 7, 2049, 50001]) {
      const signal = sound(samples);
      const expected = resample(signal, rate, 22050), actual = steps.resample(signal, rate, 22050);
      // rounded to float32, not always to the same side: one unit in the last place below 1 is 6e-8
      ok(largestDifference(actual, expected) <= 6e-8);
    }
  });
}

test("CompiledSteps.resample() between other rates: odd, equal and out of range", () => {
  const signal = sound(3000);
  for (const [from, to] of [[22050, 48000], [8000, 8191], [16000, 15999], [9000, 9000]]) {
    const expected = resample(signal, from, to);
    ok(largestDifference(steps.resample(signal, from, to), expected) <= 6e-8);
  }
  throws(() => steps.resample(signal, 4000, 22050), {
    name: "RangeError",
    message:
      "Cannot resample: expected integer rates from 8000 to 192000 Hz, received 4000 to 22050",
  });
});

const SETTINGS: MfccOptions[] = [
  {},
  { centerPadding: "reflect" },
  { nFft: 512, hopLength: 160, nMels: 40, nMfcc: 13, sampleRate: 16000 },
  { nMels: 20, nMfcc: 20, fMin: 100, fMax: 4000, topDb: 30 },
  { nFft: 4096, hopLength: 4096, topDb: Infinity },
  // every kind of transform: radix 4 alone, one step of radix 2, and none
  ...[2, 4, 8, 16, 256, 1024].map((nFft) => ({ nFft, hopLength: nFft / 2, nMels: 1, nMfcc: 1 })),
];

for (const options of SETTINGS) {
  test(`CompiledSteps.mfcc() gives what mfcc() gives: ${JSON.stringify(options)}`, () => {
    for (const samples of [1, 100, 2048, 12345]) {
      const signal = sound(samples);
      const expected = mfcc(signal, options), actual = steps.mfcc(signal, options);
      deepStrictEqual([actual.rows, actual.columns], [expected.rows, expected.columns]);
      closeTo(actual.data, expected.data);
    }
  });
}

for (const name of SIGNALS) {
  test(`CompiledSteps.mfcc() gives what librosa gives: ${name}`, async () => {
    const { y, mfcc: expected } = await vectors(name);
    ok(difference(steps.mfcc(new Float32Array(y)), expected).max < 1e-3); // as mfcc()
  });
}

/** Equal but for float32: one unit in the last place is 1.5e-5 at 200, 6e-5 at 1000. */
function closeTo(actual: Float32Array, expected: Float32Array): void {
  actual.forEach((value, i) => {
    ok(Math.abs(value - expected[i]) <= 1e-5 + 1e-6 * Math.abs(expected[i]));
  });
}

/** Silence, then a value. */
const step = (value: number) => new Float32Array(5000).fill(value, 2000);

test("CompiledSteps.mfcc() of silence is that of mfcc()", () => {
  for (const value of [0, 1e-30, 1e-5]) {
    closeTo(steps.mfcc(step(value)).data, mfcc(step(value)).data);
  }
});

test("CompiledSteps.mfcc() refuses the samples that mfcc() refuses, in the same words", () => {
  for (const value of [257, -1e30, NaN, Infinity]) {
    const refused = (take: typeof mfcc) => () => take(step(value), { sampleRate: 8000 });
    const message =
      `Cannot analyse the signal: expected samples in [-256, 256] (full scale is 1), received ${value} at sample 2000 (0.25 s)`;
    throws(refused(mfcc), { name: "RangeError", message });
    throws(refused(steps.mfcc), { name: "RangeError", message });
  }
});

test("CompiledSteps.mfcc() refuses what mfcc() refuses", () => {
  throws(() => steps.mfcc(new Float32Array(0)), { name: "RangeError", message: /received 0$/ });
  for (const options of [{ nFft: 1000 }, { hopLength: 0 }, { nMfcc: 129 }, { topDb: -1 }]) {
    throws(() => steps.mfcc(new Float32Array(9), options), { name: "RangeError" });
  }
});
