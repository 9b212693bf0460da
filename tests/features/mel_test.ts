import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import {
  hzToMel,
  logMelSpectrogram,
  melFilterBank,
  melFilters,
  melSpectrogram,
  melToHz,
} from "ser/features/mel.ts";
import { row } from "ser/features/matrix.ts";
import { powerSpectrogram } from "ser/features/stft.ts";
import { type BankVectors, difference, SIGNALS, vectors } from "../fixtures/librosa/vectors.ts";

Deno.test("melFilterBank() is librosa's", async () => {
  const { start, weights } = await vectors<BankVectors>("_filterbank");
  const bank = melFilterBank();
  weights.forEach((expected, band) => {
    const dense = new Float32Array(bank.columns);
    dense.set(expected, start[band]);
    row(bank, band).forEach((weight, k) => ok(Math.abs(weight - dense[k]) < 1e-8)); // float32 of 0.04
  });
});

for (const name of SIGNALS) {
  Deno.test(`logMelSpectrogram() gives what librosa gives: ${name}`, async () => {
    const { y, mel, logmel, frames } = await vectors(name);
    const signal = new Float32Array(y);
    equal(melSpectrogram(signal).rows, frames);
    const largest = Math.max(...mel.flat());
    ok(difference(melSpectrogram(signal), mel).max <= 1e-6 * largest); // librosa works in float32
    ok(difference(logMelSpectrogram(signal), logmel).max < 1e-3);
  });
}

Deno.test("hzToMel() has 15 mels at 1 kHz and 27 more at 6.4 kHz, melToHz() turns it back", () => {
  equal(hzToMel(0), 0);
  equal(hzToMel(1000), 15);
  ok(Math.abs(hzToMel(6400) - 42) < 1e-12);
  for (const hz of [0, 200, 999, 1000, 1001, 11025]) ok(Math.abs(melToHz(hzToMel(hz)) - hz) < 1e-8);
});

Deno.test("melFilters() are triangles of area 1 that peak in order", () => {
  // area over Hz; with 0.17 Hz per bin the sum is close to the integral
  const filters = melFilters({ nFft: 2 ** 17, nMels: 20 });
  let last = 0;
  for (const { start, weights } of filters) {
    const area = weights.reduce((sum, weight) => sum + weight, 0) * 22050 / 2 ** 17;
    ok(Math.abs(area - 1) < 1e-5);
    ok(weights.every((weight) => weight > 0));
    const peak = start + weights.indexOf(Math.max(...weights));
    ok(peak > last);
    last = peak;
  }
});

Deno.test("melSpectrogram() equals the whole filter bank times the whole spectrum", () => {
  const options = {
    nFft: 256,
    hopLength: 100,
    nMels: 12,
    fMin: 100,
    fMax: 8000,
    sampleRate: 16000,
  };
  const signal = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i * i / 900));
  const bank = melFilterBank(options);
  const power = powerSpectrogram(signal, options), mel = melSpectrogram(signal, options);
  deepStrictEqual([bank.rows, bank.columns, mel.rows, mel.columns], [12, 129, 11, 12]);
  for (let t = 0; t < mel.rows; t++) {
    for (let band = 0; band < 12; band++) {
      const weights = row(bank, band);
      const sum = row(power, t).reduce((total, value, k) => total + value * weights[k], 0);
      ok(Math.abs(row(mel, t)[band] - sum) <= 1e-6 * (1 + sum)); // float32
    }
  }
});

Deno.test("melFilters() refuses settings out of range", () => {
  const refused = (options: object, message: RegExp) =>
    throws(() => melFilters(options), { name: "RangeError", message });
  refused({ nMels: 0 }, /^Cannot make mel filters: expected an integer nMels >= 1, received 0$/);
  refused({ fMin: -1 }, /expected 0 <= fMin < fMax <= 11025 Hz, received -1 to 11025$/);
  refused({ fMax: 12000 }, /received 0 to 12000$/);
  refused({ fMin: 500, fMax: 500 }, /received 500 to 500$/);
});
