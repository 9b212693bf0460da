/**
 * Short-time Fourier analysis (Rabiner & Schafer), with librosa's conventions. The transform is that of
 * `fourier-transform`, 15 microseconds for a frame of 2048; Meyda's takes 240, a minute for RAVDESS. @module
 */
// @ts-types="./fourier_transform.d.ts"
import { fft } from "fourier-transform";
import { checkSamples } from "../audio/audio.ts";
import { type Matrix, row, zeros } from "./matrix.ts";
import { checkOptions } from "../support/options.ts";

/** How to cut the signal. Lengths are in samples. */
export interface StftOptions {
  /** Rate of the signal, in Hz. @default {22050} */
  sampleRate?: number;
  /** Samples of a frame, a power of two `>= 2`. @default {2048} (93 ms at 22,050 Hz) */
  nFft?: number;
  /** Samples from one frame's centre to the next, `>= 1`. @default {512} (23 ms) */
  hopLength?: number;
  /** What stands before and after the signal, half a frame each. @default {"zeros"} */
  centerPadding?: "zeros" | "reflect";
}

/** Names of all options of features; `mfcc()` hands its own on. */
export const FEATURE_OPTIONS =
  "sampleRate nFft hopLength centerPadding nMels fMin fMax topDb nMfcc";

/**
 * Power of every frame at every frequency: |X|^2 of the discrete Fourier transform of frames under a
 * periodic Hann window. Frame `t` is centred at sample `t * hopLength`.
 * @param signal Mono samples `[n]`, `n >= 1`, full scale 1.
 * @param options How to cut it.
 * @returns `[1 + floor(n / hopLength), 1 + nFft / 2]`, `>= 0`; column `k` is at `k * sampleRate / nFft` Hz.
 * @throws {RangeError} If the signal is empty, a sample is not finite or beyond 256, or a length is out of
 * range.
 * @example Usage
 * ```ts
 * import { powerSpectrogram } from "ser/features/stft.ts";
 * import { equal } from "node:assert/strict";
 *
 * const power = powerSpectrogram(new Float32Array(1000).fill(0.5));
 * equal(power.rows, 2);
 * equal(power.columns, 1025);
 * ```
 */
export function powerSpectrogram(signal: Float32Array, options: StftOptions = {}): Matrix {
  const { nFft = 2048, hopLength = 512 } = options;
  checkOptions("take features", options, FEATURE_OPTIONS);
  checkStft(signal, nFft, hopLength);
  checkSignal(signal, options);
  const padded = centre(signal, options);
  const window = hann(nFft), frame = new Float64Array(nFft), bins = 1 + nFft / 2;
  const spectrum: [Float64Array, Float64Array] = [new Float64Array(bins), new Float64Array(bins)];
  const [re, im] = spectrum;
  const power = zeros(1 + Math.floor(signal.length / hopLength), bins);
  for (let t = 0; t < power.rows; t++) {
    const start = t * hopLength;
    for (let i = 0; i < nFft; i++) frame[i] = window[i] * padded[start + i];
    fft(frame, spectrum);
    const target = row(power, t);
    for (let k = 0; k < bins; k++) target[k] = re[k] * re[k] + im[k] * im[k];
  }
  return power;
}

/** The periodic Hann window 0.5 - 0.5 cos(2 pi i / n), as `scipy.signal.get_window("hann", n)`. */
export function hann(length: number): Float64Array {
  const weight = (i: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length);
  return Float64Array.from({ length }, (_, i) => weight(i));
}

/** Refuses a signal that is no sound, by a {@linkcode RangeError}. */
export function checkSignal(signal: Float32Array, { sampleRate = 22050 }: StftOptions): void {
  checkSamples("Cannot analyse the signal", signal, sampleRate);
}

function checkStft(signal: Float32Array, nFft: number, hopLength: number): void {
  if (signal.length === 0) {
    throw new RangeError("Cannot analyse the signal: expected at least 1 sample, received 0");
  }
  if (!Number.isInteger(Math.log2(nFft)) || nFft < 2) {
    throw new RangeError(`Cannot analyse the signal: expected nFft 2, 4, 8, ..., received ${nFft}`);
  }
  if (!Number.isInteger(hopLength) || hopLength < 1) {
    throw new RangeError(
      `Cannot analyse the signal: expected an integer hopLength >= 1, received ${hopLength}`,
    );
  }
}

/** The signal with half a frame before and after it: `[n + nFft]`, `n >= 1`. */
export function centre(signal: Float32Array, options: StftOptions): Float32Array {
  const { nFft = 2048, centerPadding = "zeros" } = options;
  const n = signal.length, margin = nFft / 2;
  const padded = new Float32Array(n + 2 * margin);
  padded.set(signal, margin);
  if (centerPadding === "zeros") return padded;
  const period = Math.max(1, 2 * (n - 1)); // mirrored at both ends, as often as it takes
  const mirrored = (i: number) => signal[Math.min(i % period, period - i % period)];
  for (let i = 0; i < margin; i++) {
    padded[i] = mirrored(margin - i);
    padded[margin + n + i] = mirrored(n + i);
  }
  return padded;
}
