import { deepStrictEqual, notStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "@std/path";
import { fileFeatures } from "ser/features/extract.ts";
import { featureSteps, PLAIN_STEPS } from "ser/features/kernels.ts";
import { logMelSpectrogram } from "ser/features/mel.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";
import { identifyFeatures, sameFeatures } from "ser/training/feature_identity.ts";

const FILE = join(PROJECT_ROOT, "data", "emodb", "03a01Fa.flac");
const plain = (await fileFeatures(FILE, {}, undefined, PLAIN_STEPS)).mfcc;
const identity = await identifyFeatures(plain.data);

Deno.test("identifyFeatures() hashes the bytes and projects at random", async () => {
  const bytes = new Uint8Array(plain.data.buffer);
  strictEqual(identity.hash, createHash("sha256").update(bytes).digest("hex"));
  // with random signs the squared sums have the mean of the squared norm, whatever the values: 1
  const random = new RandomState(1), sums: number[] = [];
  for (let trial = 0; trial < 200; trial++) {
    const values = Float32Array.from({ length: 500 }, () => random.uniform() - 0.5);
    sums.push((await identifyFeatures(values)).sums.reduce((sum, x) => sum + x * x, 0));
  }
  const mean = sums.reduce((sum, square) => sum + square) / sums.length;
  ok(Math.abs(mean - 1) < 0.15, String(mean)); // chi-squared with 8 / 8: standard error 0.035
});

Deno.test("sameFeatures() holds for C++ and TypeScript, which differ in the last bits", async () => {
  const fast = await identifyFeatures((await fileFeatures(FILE)).mfcc.data);
  if (featureSteps !== PLAIN_STEPS) notStrictEqual(fast.hash, identity.hash);
  ok(sameFeatures(fast, identity) && sameFeatures(identity, fast));
});

Deno.test("sameFeatures() tells other features of the same size", async () => {
  const { data, columns } = plain, random = new RandomState(2);
  const level = logMelSpectrogram(
    Float32Array.from({ length: 9000 }, () => random.uniform() - 0.5),
    {
      nMels: columns,
    },
  );
  const others = {
    "log-mel levels": Float32Array.from(data, (_, i) => level.data[i % level.data.length]),
    "one utterance reversed in time": data.map((_, i) => data[data.length - 1 - i]),
    normalised: data.map((value) => value / 10 + 1),
    "with noise of -60 dB": data.map((value) => value * (1 + 2e-3 * (random.uniform() - 0.5))),
  };
  for (const [name, values] of Object.entries(others)) {
    strictEqual(sameFeatures(identity, await identifyFeatures(values)), false, name);
  }
});

Deno.test("identifyFeatures() of zeros is finite", async () => {
  deepStrictEqual((await identifyFeatures(new Float32Array(9))).sums, new Array(8).fill(0));
});
