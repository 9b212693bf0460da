import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import { hann, powerSpectrogram } from "ser/features/stft.ts";
import { row } from "ser/features/matrix.ts";

const signal = Float32Array.from({ length: 100 }, (_, i) => Math.sin(i * i / 30) + 0.1);

/** |X_k|^2 of one frame, as the transform is defined. */
function powerByDefinition(frame: number[], k: number): number {
  const n = frame.length;
  let re = 0, im = 0;
  frame.forEach((value, i) => {
    const weight = Math.sin(Math.PI * i / n) ** 2; // periodic Hann
    re += weight * value * Math.cos(2 * Math.PI * k * i / n);
    im -= weight * value * Math.sin(2 * Math.PI * k * i / n);
  });
  return re * re + im * im;
}

for (const centerPadding of ["zeros", "reflect"] as const) {
  Deno.test(`powerSpectrogram() equals the definition, padded with ${centerPadding}`, () => {
    const nFft = 32, hopLength = 12;
    const power = powerSpectrogram(signal, { nFft, hopLength, centerPadding });
    deepStrictEqual([power.rows, power.columns], [9, 17]);
    const at = (i: number): number => {
      if (i >= 0 && i < signal.length) return signal[i];
      if (centerPadding === "zeros") return 0;
      return signal[i < 0 ? -i : 2 * (signal.length - 1) - i];
    };
    for (let t = 0; t < power.rows; t++) {
      const frame = Array.from({ length: nFft }, (_, i) => at(t * hopLength - nFft / 2 + i));
      for (let k = 0; k < power.columns; k++) {
        const expected = powerByDefinition(frame, k);
        ok(Math.abs(row(power, t)[k] - expected) < 1e-5 * (1 + expected)); // float32
      }
    }
  });
}

Deno.test("powerSpectrogram() has a tone in its bin", () => {
  const nFft = 64, amplitude = 0.5;
  const tone = Float32Array.from(
    { length: 640 },
    (_, i) => amplitude * Math.cos(2 * Math.PI * 8 * i / nFft),
  );
  const frame = row(powerSpectrogram(tone, { nFft, hopLength: 16 }), 10);
  // the window has the sum n / 2, a cosine half of its amplitude at the positive frequency
  ok(Math.abs(frame[8] - (amplitude * nFft / 4) ** 2) < 1e-4);
  ok(Math.abs(frame[7] - frame[8] / 4) < 1e-4); // Hann: the neighbours have half the amplitude
  ok(frame[6] < 1e-9 && frame[10] < 1e-9);
});

Deno.test("powerSpectrogram() of a frame keeps its energy (Parseval)", () => {
  const nFft = 128;
  const power = row(powerSpectrogram(signal, { nFft, hopLength: 50 }), 1);
  const sum = power.reduce((total, value, k) => total + (k % (nFft / 2) ? 2 : 1) * value, 0) / nFft;
  const window = hann(nFft);
  const energy = window.reduce((total, w, i) => total + (w * (signal[i - 14] ?? 0)) ** 2, 0);
  ok(Math.abs(sum - energy) < 1e-5);
});

Deno.test("powerSpectrogram() has 1 + floor(n / hop) frames, of one sample one", () => {
  const frames = (n: number) => powerSpectrogram(new Float32Array(n)).rows;
  deepStrictEqual([1, 511, 512, 1023, 1024].map(frames), [1, 1, 2, 2, 3]);
  equal(powerSpectrogram(new Float32Array(1), { centerPadding: "reflect" }).rows, 1);
});

Deno.test("powerSpectrogram() mirrors a signal shorter than the padding again and again", () => {
  // as numpy.pad([1, 2, 3], 8, mode="reflect"), of which the frame takes the first 16
  const mirrored = [1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2];
  const short = new Float32Array([1, 2, 3]);
  const power = powerSpectrogram(short, { nFft: 16, hopLength: 4, centerPadding: "reflect" });
  power.data.forEach((value, k) => ok(Math.abs(value - powerByDefinition(mirrored, k)) < 1e-3));
});

Deno.test("hann() is periodic: symmetric but for its first sample, 1 in the middle", () => {
  const window = hann(8);
  equal(window[0], 0);
  equal(window[4], 1);
  for (let i = 1; i < 8; i++) ok(Math.abs(window[i] - window[8 - i]) < 1e-15);
});

Deno.test("powerSpectrogram() refuses an empty signal and lengths that do not fit", () => {
  const refused = (n: number, options: object, message: string) =>
    throws(() => powerSpectrogram(new Float32Array(n), options), { name: "RangeError", message });
  const action = "Cannot analyse the signal";
  refused(0, {}, `${action}: expected at least 1 sample, received 0`);
  refused(9, { nFft: 1000 }, `${action}: expected nFft 2, 4, 8, ..., received 1000`);
  refused(9, { hopLength: 0 }, `${action}: expected an integer hopLength >= 1, received 0`);
});
