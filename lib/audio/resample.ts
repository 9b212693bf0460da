/**
 * Changes the sampling rate with a Kaiser-windowed sinc (Kaiser, 1974; Oppenheim & Schafer,
 * Discrete-Time Signal Processing, section 7.6), in the polyphase form for a rational ratio
 * (Crochiere & Rabiner, 1983), with the pass band of soxr's "HQ" quality, librosa's default. @module
 */
import { MAX_RATE, MIN_RATE } from "./audio.ts";

/** End of the pass band and start of the stop band, in parts of the lower Nyquist frequency. */
const PASS_BAND = 0.9136, STOP_BAND = 1;
/** How far images and aliases are kept down, in dB. */
const ATTENUATION = 126;
/** Filters of at most so many coefficients are kept; those of odd ratios are made as they are used. */
const CACHED_COEFFICIENTS = 2 ** 19;

/** The low-pass filter: taps for one output sample, and its value `time` input samples from the centre. */
type Filter = ReturnType<typeof lowPass>;

const cache = new Map<string, Float64Array[]>();

/**
 * Resamples a signal without delay; before its first and after its last sample there is silence.
 * @param signal Samples `[n]`.
 * @param fromRate Rate of the signal, 8,000 to 192,000 Hz, an integer.
 * @param toRate Rate to make, 8,000 to 192,000 Hz, an integer.
 * @returns `[ceil(n * toRate / fromRate)]`; the last sample is 0 where rounding would give one
 * sample less, as soxr gives and librosa fills up. Of equal rates a copy.
 * @throws {RangeError} If a rate is not an integer in that range.
 * @example Usage
 * ```ts
 * import { resample } from "ser/audio/resample.ts";
 * import { equal, ok } from "node:assert/strict";
 *
 * const tone = (rate: number) => Float32Array.from({ length: rate }, (_, i) => Math.sin(i / rate * 2000));
 * const half = resample(tone(44100), 44100, 22050);
 * equal(half.length, 22050);
 * ok(Math.abs(half[11025] - tone(22050)[11025]) < 1e-6);
 * ```
 */
export function resample(signal: Float32Array, fromRate: number, toRate: number): Float32Array {
  const { up, down, taps, coefficientsOf } = polyphaseFilter(fromRate, toRate);
  if (fromRate === toRate) return signal.slice();
  const { length, whole } = resampledLength(signal.length, up, down);
  const output = new Float32Array(length);
  const margin = taps / 2;
  const padded = new Float64Array(signal.length + 2 * margin + 2);
  padded.set(signal, margin);
  // Output sample k lies k * down / up input samples from the start: those with the same k modulo
  // `up` share their coefficients.
  for (let phase = 0; phase < Math.min(up, whole); phase++) {
    const first = Math.floor(phase * down / up) + 1;
    convolve(padded, coefficientsOf(phase), output.subarray(0, whole), phase, up, first, down);
  }
  return output;
}

/** The filter between two rates, by phase. */
export interface PolyphaseFilter {
  /** Output samples for every `down` input samples; the number of phases. */
  up: number;
  /** Input samples for every `up` output samples. */
  down: number;
  /** Coefficients of one phase, an even number. */
  taps: number;
  /** Whether all coefficients are kept; those of odd ratios are made as they are used. */
  kept: boolean;
  /** Coefficients `[taps]` of the phase `0 <= phase < up`. */
  coefficientsOf(phase: number): Float64Array;
}

/** Designs the filter between two rates, which are checked as `resample` says. */
export function polyphaseFilter(fromRate: number, toRate: number): PolyphaseFilter {
  for (const rate of [fromRate, toRate]) {
    if (!Number.isInteger(rate) || rate < MIN_RATE || rate > MAX_RATE) {
      throw new RangeError(
        `Cannot resample: expected integer rates from ${MIN_RATE} to ${MAX_RATE} Hz, received ${fromRate} to ${toRate}`,
      );
    }
  }
  const divisor = greatestCommonDivisor(fromRate, toRate);
  const up = toRate / divisor, down = fromRate / divisor;
  const filter = lowPass(Math.min(1, up / down)), { taps } = filter;
  const kept = up * taps <= CACHED_COEFFICIENTS;
  return { up, down, taps, kept, coefficientsOf: polyphase(filter, up, down, kept) };
}

/**
 * How many samples come of how many, and how many of these are computed: the last is 0 where rounding would
 * give one sample less.
 */
export function resampledLength(samples: number, up: number, down: number) {
  const length = Math.ceil(samples * up / down);
  return { length, whole: Math.min(length, Math.round(samples * up / down)) };
}

/**
 * One phase: output[k] = sum over i of coefficients[i] * input[position + i], for k = phase,
 * phase + up, ... and positions `down` apart. Four outputs at a time share each coefficient, which
 * makes it three times as fast as one by one.
 */
function convolve(
  input: Float64Array,
  coefficients: Float64Array,
  output: Float32Array,
  phase: number,
  up: number,
  first: number,
  down: number,
): void {
  const taps = coefficients.length;
  let k = phase, position = first;
  for (; k + 3 * up < output.length; k += 4 * up, position += 4 * down) {
    let a = 0, b = 0, c = 0, d = 0;
    for (let i = 0, at = position; i < taps; i++, at++) {
      const weight = coefficients[i];
      a += weight * input[at];
      b += weight * input[at + down];
      c += weight * input[at + 2 * down];
      d += weight * input[at + 3 * down];
    }
    output[k] = a;
    output[k + up] = b;
    output[k + 2 * up] = c;
    output[k + 3 * up] = d;
  }
  for (; k < output.length; k += up, position += down) {
    let sum = 0;
    for (let i = 0; i < taps; i++) sum += coefficients[i] * input[position + i];
    output[k] = sum;
  }
}

/** Designs the filter below the lower of the two Nyquist frequencies, in parts of the input's. */
function lowPass(lower: number) {
  const cutoff = lower * (PASS_BAND + STOP_BAND) / 2;
  const transition = lower * (STOP_BAND - PASS_BAND);
  const length = (ATTENUATION - 7.95) / (2.285 * Math.PI * transition);
  const beta = 0.1102 * (ATTENUATION - 8.7);
  const halfWidth = length / 2, peak = besselI0(beta);
  const at = (time: number): number => {
    const x = time / halfWidth;
    if (Math.abs(x) >= 1) return 0;
    const window = besselI0(beta * Math.sqrt(1 - x * x)) / peak;
    return cutoff * sinc(cutoff * time) * window;
  };
  return { taps: 2 * Math.ceil(halfWidth), at };
}

/** The coefficients of each phase: the filter at the input samples around the output sample. */
function polyphase(
  filter: Filter,
  up: number,
  down: number,
  kept: boolean,
): (phase: number) => Float64Array {
  const compute = (phase: number): Float64Array => {
    const offset = (phase * down % up) / up;
    const before = filter.taps / 2 - 1;
    return Float64Array.from({ length: filter.taps }, (_, i) => filter.at(offset + before - i));
  };
  if (!kept) return compute;
  const key = `${up}/${down}`;
  if (!cache.has(key)) cache.set(key, Array.from({ length: up }, (_, phase) => compute(phase)));
  return (phase) => cache.get(key)![phase];
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: number): number {
  let term = 1, sum = 1;
  for (let k = 1; term > 1e-17 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
