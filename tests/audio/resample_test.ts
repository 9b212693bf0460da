import { deepStrictEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { resample } from "ser/audio/resample.ts";
import { type ResampleVectors, vectors } from "../fixtures/librosa/vectors.ts";

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

/** A tone of amplitude 1/2, `frequency` in Hz. */
const tone = (frequency: number, rate: number, samples: number): Float32Array =>
  Float32Array.from(
    { length: samples },
    (_, i) => Math.sin(2 * Math.PI * frequency * i / rate) / 2,
  );

// In the pass band soxr's own interpolation of coefficients is the larger error (-90 dB re full scale);
// with integer ratios it has none and only float32 differs. Noise in the transition band, which the
// vectors of the corpora's rates have, differs by the shape of that band.
const TOLERANCE: Record<number, number> = {
  11025: 2e-7,
  48000: 5e-3,
  44100: 3e-3,
  16000: 5e-4,
};

for (const rate of [8000, 11025, 12000, 16000, 32000, 44100, 48000, 96000, 192000]) {
  Deno.test(`resample() gives what soxr_hq gives, from ${rate} Hz`, async () => {
    const { y, soxr_hq, sr_in, sr_out } = await vectors<ResampleVectors>(`resample_${rate}`);
    const actual = resample(new Float32Array(y), sr_in, sr_out);
    equal(actual.length, soxr_hq.length);
    const difference = largest(actual, soxr_hq);
    ok(difference <= (TOLERANCE[rate] ?? 5e-5), `difference ${difference}`);
  });
}

Deno.test("resample() equals the definition: the windowed sinc summed over all samples", () => {
  const signal = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * i));
  for (const [from, to] of [[48000, 22050], [16000, 22050], [8000, 8191]]) {
    const expected = byDefinition(signal, from, to);
    const actual = resample(signal, from, to);
    equal(actual.length, expected.length);
    ok(largest(actual, expected) < 1e-6); // float32, and Bessel's series against its integral
  }
});

/** Kaiser's filter from the passage in Oppenheim & Schafer, without any polyphase. */
function byDefinition(signal: Float32Array, from: number, to: number): Float32Array {
  const lower = Math.min(1, to / from), width = (1 - 0.9136) * lower, cutoff = 0.9568 * lower;
  const half = (126 - 7.95) / (2.285 * Math.PI * width) / 2;
  const bessel = (x: number) => {
    let sum = 0; // (1 / pi) times the integral of exp(x cos t) over [0, pi]
    for (let k = 0; k < 200; k++) sum += Math.exp(x * Math.cos(Math.PI * (k + 0.5) / 200)) / 200;
    return sum;
  };
  const beta = 0.1102 * (126 - 8.7), peak = bessel(beta);
  const filter = (t: number) => {
    if (Math.abs(t) >= half) return 0;
    const sinc = t === 0 ? cutoff : Math.sin(Math.PI * cutoff * t) / (Math.PI * t);
    return sinc * bessel(beta * Math.sqrt(1 - (t / half) ** 2)) / peak;
  };
  const output = new Float32Array(Math.ceil(signal.length * to / from));
  for (let k = 0; k < Math.round(signal.length * to / from); k++) {
    signal.forEach((value, i) => output[k] += value * filter(k * from / to - i));
  }
  return output;
}

Deno.test("resample() keeps a tone of the pass band, without delay, and brings it back", () => {
  const there = resample(tone(1000, 48000, 9600), 48000, 22050);
  const middle = (signal: Float32Array) => signal.subarray(1000, 3000); // ends are near silence
  ok(largest(middle(there), middle(tone(1000, 22050, 4410))) < 2e-6); // stop band -126 dB
  const back = resample(there, 22050, 48000);
  ok(largest(middle(back), middle(tone(1000, 48000, 9600))) < 4e-6);
});

Deno.test("resample() removes a tone above the lower Nyquist frequency by 120 dB", () => {
  const gone = resample(tone(12000, 48000, 48000), 48000, 22050).subarray(2000, 20000);
  ok(Math.max(...gone.map(Math.abs)) < 0.5e-6);
});

Deno.test("resample() has a gain of -6 dB in the middle of the transition band", () => {
  const signal = resample(tone(0.9568 * 11025, 44100, 44100), 44100, 22050).subarray(2000, 20000);
  const rms = Math.sqrt(signal.reduce((sum, value) => sum + value * value, 0) / signal.length);
  ok(Math.abs(rms / (0.5 / Math.SQRT2) - 0.5) < 1e-3); // the sine is not cut at whole periods
});

Deno.test("resample() gives ceil(n * ratio) samples, the last 0 where rounding gives one less", () => {
  const ones = (n: number) => new Float32Array(n).fill(1);
  for (const [n, from, whole] of [[9601, 48000, 4410], [9603, 48000, 4411], [1601, 8000, 4413]]) {
    const output = resample(ones(n), from, 22050);
    equal(output.length, Math.ceil(n * 22050 / from));
    notEqual(output[whole - 1], 0);
    equal(output[whole] ?? 0, 0);
  }
  equal(resample(new Float32Array(0), 48000, 22050).length, 0);
});

Deno.test("resample() of equal rates is a copy", () => {
  const signal = new Float32Array([1, 2]);
  const copy = resample(signal, 22050, 22050);
  deepStrictEqual(copy, signal);
  notEqual(copy, signal);
});

Deno.test("resample() refuses rates outside 8 to 192 kHz and between integers", () => {
  for (const [from, to] of [[4000, 22050], [22050, 400000], [22050.5, 22050], [NaN, 22050]]) {
    throws(() => resample(new Float32Array(9), from, to), {
      name: "RangeError",
      message:
        `Cannot resample: expected integer rates from 8000 to 192000 Hz, received ${from} to ${to}`,
    });
  }
});
