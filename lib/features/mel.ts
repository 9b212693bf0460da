/**
 * Mel filter bank and spectrograms as librosa makes them: the mel scale and the area norm of Slaney's
 * Auditory Toolbox (Technical Report 1998-010). @module
 */
import { powerToDb } from "./decibels.ts";
import { type Matrix, row, zeros } from "./matrix.ts";
import { FEATURE_OPTIONS, powerSpectrogram, type StftOptions } from "./stft.ts";
import { checkOptions } from "../support/options.ts";

/** Which filters. Frequencies are in Hz. */
export interface MelOptions extends StftOptions {
  /** Number of bands, `>= 1`. @default {128} */
  nMels?: number;
  /** Where the lowest band begins, `>= 0`. @default {0} */
  fMin?: number;
  /** Where the highest band ends, `> fMin`. @default {sampleRate / 2} */
  fMax?: number;
}

/** How a mel spectrogram becomes decibels. */
export interface LogMelOptions extends MelOptions {
  /** Decibels kept below the loudest band of the recording; Infinity keeps all. @default {80} */
  topDb?: number;
}

/** One triangle: its weights from bin `start` on; outside they are 0. */
export interface MelFilter {
  /** First bin of the spectrum with a weight. */
  start: number;
  /** Weights `>= 0`. */
  weights: Float32Array;
}

const HZ_PER_MEL = 200 / 3, LOG_FROM_HZ = 1000, LOG_FROM_MEL = 15, LOG_STEP = Math.log(6.4) / 27;

/** Slaney's mel scale: linear below 1 kHz (mel 15), logarithmic above. */
export function hzToMel(hz: number): number {
  return hz < LOG_FROM_HZ ? hz / HZ_PER_MEL : LOG_FROM_MEL + Math.log(hz / LOG_FROM_HZ) / LOG_STEP;
}

/** Inverse of {@linkcode hzToMel}. */
export function melToHz(mel: number): number {
  return mel < LOG_FROM_MEL
    ? mel * HZ_PER_MEL
    : LOG_FROM_HZ * Math.exp(LOG_STEP * (mel - LOG_FROM_MEL));
}

const bank = new Map<string, MelFilter[]>();

/**
 * The triangles, equally spaced on the mel scale, each scaled by 2 / (its width in Hz).
 * @param options Which.
 * @returns `nMels` filters; the array is shared between calls, do not change it.
 * @throws {RangeError} If `nMels` is no integer `>= 1` or not `0 <= fMin < fMax <= sampleRate / 2`.
 */
export function melFilters(options: MelOptions = {}): MelFilter[] {
  checkOptions("make mel filters", options, FEATURE_OPTIONS);
  const { sampleRate = 22050, nFft = 2048, nMels = 128, fMin = 0, fMax = sampleRate / 2 } = options;
  if (!Number.isInteger(nMels) || nMels < 1) {
    throw new RangeError(
      `Cannot make mel filters: expected an integer nMels >= 1, received ${nMels}`,
    );
  }
  if (!(fMin >= 0 && fMin < fMax && fMax <= sampleRate / 2)) {
    throw new RangeError(
      `Cannot make mel filters: expected 0 <= fMin < fMax <= ${
        sampleRate / 2
      } Hz, received ${fMin} to ${fMax}`,
    );
  }
  const key = [sampleRate, nFft, nMels, fMin, fMax].join();
  const filters = bank.get(key) ??
    makeFilters(sampleRate / nFft, 1 + nFft / 2, nMels, fMin, fMax);
  bank.set(key, filters);
  return filters;
}

function makeFilters(hzPerBin: number, bins: number, nMels: number, fMin: number, fMax: number) {
  const low = hzToMel(fMin), step = (hzToMel(fMax) - low) / (nMels + 1);
  const corners = Array.from({ length: nMels + 2 }, (_, i) => melToHz(low + i * step));
  return Array.from({ length: nMels }, (_, band): MelFilter => {
    const [left, peak, right] = corners.slice(band, band + 3);
    const weightOf = (bin: number) => {
      const hz = bin * hzPerBin;
      const height = Math.min((hz - left) / (peak - left), (right - hz) / (right - peak));
      return Math.max(0, height) * 2 / (right - left);
    };
    const start = Math.max(0, Math.floor(left / hzPerBin) + 1);
    const end = Math.min(bins, Math.ceil(right / hzPerBin));
    const length = Math.max(0, end - start);
    return { start, weights: Float32Array.from({ length }, (_, i) => weightOf(start + i)) };
  });
}

/**
 * The filter bank as a matrix, to look at.
 * @param options Which.
 * @returns `[nMels, 1 + nFft / 2]`.
 * @throws {RangeError} As {@linkcode melFilters}.
 * @example Usage
 * ```ts
 * import { melFilterBank } from "ser/features/mel.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const { rows, columns } = melFilterBank();
 * deepStrictEqual([rows, columns], [128, 1025]);
 * ```
 */
export function melFilterBank(options: MelOptions = {}): Matrix {
  const filters = melFilters(options);
  const matrix = zeros(filters.length, 1 + (options.nFft ?? 2048) / 2);
  filters.forEach(({ start, weights }, band) => row(matrix, band).set(weights, start));
  return matrix;
}

/** Energy of every frame in every mel band, `[1 + floor(n / hopLength), nMels]`, `>= 0`. */
export function melSpectrogram(signal: Float32Array, options: MelOptions = {}): Matrix {
  const filters = melFilters(options);
  const power = powerSpectrogram(signal, options);
  const mel = zeros(power.rows, filters.length);
  for (let t = 0; t < mel.rows; t++) {
    const spectrum = row(power, t);
    const bands = row(mel, t);
    filters.forEach(({ start, weights }, band) => {
      let sum = 0;
      for (let i = 0; i < weights.length; i++) sum += weights[i] * spectrum[start + i];
      bands[band] = sum;
    });
  }
  return mel;
}

/**
 * The mel spectrogram in decibels, `librosa.power_to_db(librosa.feature.melspectrogram(...))`.
 * @param signal Mono samples `[n]`, `n >= 1`.
 * @param options Frames, bands and range.
 * @returns `[1 + floor(n / hopLength), nMels]` in dB.
 * @throws {RangeError} If the signal is empty or an option is out of range.
 * @example Usage
 * ```ts
 * import { logMelSpectrogram } from "ser/features/mel.ts";
 * import { ok } from "node:assert/strict";
 *
 * const silence = logMelSpectrogram(new Float32Array(2048));
 * ok(silence.data.every((level) => level === -100)); // the floor of 1e-10
 * ```
 */
export function logMelSpectrogram(signal: Float32Array, options: LogMelOptions = {}): Matrix {
  return powerToDb(melSpectrogram(signal, options), { topDb: options.topDb });
}
