import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import { cepstrum, mfcc } from "ser/features/mfcc.ts";
import { logMelSpectrogram } from "ser/features/mel.ts";
import { row } from "ser/features/matrix.ts";
import { difference, SIGNALS, vectors } from "../fixtures/librosa/vectors.ts";

for (const name of SIGNALS) {
  Deno.test(`mfcc() gives what librosa gives: ${name}`, async () => {
    const { y, mfcc: expected, mfcc_reflect } = await vectors(name);
    const signal = new Float32Array(y);
    // librosa works in float32: from its own float64 it differs by up to 1.5e-4
    ok(difference(mfcc(signal), expected).max < 1e-3);
    if (mfcc_reflect) {
      const reflected = mfcc(signal, { centerPadding: "reflect" });
      ok(difference(reflected, mfcc_reflect).max < 1e-3);
    }
  });
}

Deno.test("cepstrum() equals the definition of the orthonormal DCT-II", () => {
  const levels = { data: new Float32Array([3, -1, 4, 1, -5, 9]), rows: 1, columns: 6 };
  const actual = cepstrum(levels, 6).data;
  for (let k = 0; k < 6; k++) {
    let sum = 0;
    levels.data.forEach((x, m) => sum += x * Math.cos(Math.PI * k * (2 * m + 1) / 12));
    ok(Math.abs(actual[k] - sum * Math.sqrt((k === 0 ? 1 : 2) / 6)) < 1e-5); // float32
  }
});

Deno.test("cepstrum() with all coefficients keeps the energy", () => {
  const levels = { data: new Float32Array([3, -1, 4, 1, -5, 9, 2, 6]), rows: 2, columns: 4 };
  const all = cepstrum(levels, 4);
  const energy = (values: Float32Array) => values.reduce((sum, x) => sum + x * x, 0);
  for (const t of [0, 1]) ok(Math.abs(energy(row(all, t)) - energy(row(levels, t))) < 1e-4);
});

Deno.test("cepstrum() of equal bands has only c0", () => {
  const { data } = cepstrum({ data: new Float32Array(128).fill(-20), rows: 1, columns: 128 }, 40);
  ok(Math.abs(data[0] + 20 * Math.sqrt(128)) < 1e-4);
  ok(data.subarray(1).every((value) => Math.abs(value) < 1e-12));
});

Deno.test("mfcc() keeps the first coefficients of more, and louder speech changes c0 alone", () => {
  const signal = Float32Array.from({ length: 8000 }, (_, i) => Math.sin(i * i / 9000) / 8);
  const few = mfcc(signal, { nMfcc: 13 }), many = mfcc(signal);
  deepStrictEqual([few.rows, few.columns, many.columns], [16, 13, 40]);
  for (let t = 0; t < 16; t++) deepStrictEqual(row(few, t), row(many, t).slice(0, 13));
  const louder = mfcc(signal.map((value) => value * 4));
  louder.data.forEach((value, i) => {
    const gain = i % 40 === 0 ? 10 * Math.log10(16) * Math.sqrt(128) : 0;
    ok(Math.abs(value - many.data[i] - gain) < 2e-3); // float32 of up to 800
  });
});

Deno.test("mfcc() is the cepstrum of the log-mel spectrogram", () => {
  const signal = new Float32Array(2048).fill(0.1);
  deepStrictEqual(mfcc(signal), cepstrum(logMelSpectrogram(signal), 40));
});

Deno.test("mfcc() refuses an empty signal and more coefficients than bands", () => {
  throws(() => mfcc(new Float32Array(0)), { name: "RangeError", message: /received 0$/ });
  throws(() => mfcc(new Float32Array(9), { nMfcc: 129 }), {
    name: "RangeError",
    message: "Cannot take MFCCs: expected nMfcc from 1 to nMels = 128, received 129",
  });
  equal(mfcc(new Float32Array(9), { nMfcc: 128 }).columns, 128);
});
