/**
 * Mel-frequency cepstral coefficients (Davis & Mermelstein, 1980) as `librosa.feature.mfcc` takes them:
 * the orthonormal DCT-II of the log-mel spectrogram, without liftering. @module
 */
import { type Matrix, row, zeros } from "./matrix.ts";
import { type LogMelOptions, logMelSpectrogram } from "./mel.ts";

/** Everything that shapes MFCCs; the defaults are librosa's with the paper's 40 coefficients. */
export interface MfccOptions extends LogMelOptions {
  /** Coefficients kept, `1 <= nMfcc <= nMels`. @default {40} */
  nMfcc?: number;
}

/**
 * MFCCs of a signal.
 * @param signal Mono samples `[n]`, `n >= 1`, at `sampleRate`, full scale 1.
 * @param options Frames, bands, range and coefficients.
 * @returns `[1 + floor(n / hopLength), nMfcc]`.
 * @throws {RangeError} If the signal is empty, a sample is not finite or beyond 256, or an option is out of
 * range.
 * @example Usage
 * ```ts
 * import { mfcc } from "ser/features/mfcc.ts";
 * import { equal } from "node:assert/strict";
 *
 * const silence = mfcc(new Float32Array(22050)); // one second
 * equal(silence.rows, 44);
 * equal(silence.columns, 40);
 * equal(silence.data[0], Math.fround(-100 * Math.sqrt(128))); // the level of 128 equal bands
 * ```
 */
export function mfcc(signal: Float32Array, options: MfccOptions = {}): Matrix {
  return cepstrum(logMelSpectrogram(signal, options), options.nMfcc ?? 40);
}

/**
 * Cepstral coefficients of levels that are there already.
 * @param levels Log-mel spectrogram `[frames, nMels]` in dB.
 * @param nMfcc Coefficients kept, `1 <= nMfcc <= nMels`.
 * @returns `[frames, nMfcc]`.
 * @throws {RangeError} If `nMfcc` is out of range.
 */
export function cepstrum(levels: Matrix, nMfcc: number): Matrix {
  const basis = dctBasis(levels.columns, nMfcc);
  const coefficients = zeros(levels.rows, nMfcc);
  for (let t = 0; t < levels.rows; t++) {
    const bands = row(levels, t), target = row(coefficients, t);
    basis.forEach((cosine, k) => {
      let sum = 0;
      for (let band = 0; band < bands.length; band++) sum += cosine[band] * bands[band];
      target[k] = sum;
    });
  }
  return coefficients;
}

const bases = new Map<string, Float64Array[]>();

/**
 * Orthonormal DCT-II: row k is sqrt(2/n) cos(pi k (m + 1/2) / n), row 0 is sqrt(1/n). The array of
 * `1 <= rows <= n` rows is shared between calls, do not change it.
 */
export function dctBasis(n: number, rows: number): Float64Array[] {
  if (!Number.isInteger(rows) || rows < 1 || rows > n) {
    throw new RangeError(
      `Cannot take MFCCs: expected nMfcc from 1 to nMels = ${n}, received ${rows}`,
    );
  }
  const key = `${n}/${rows}`;
  if (!bases.has(key)) {
    const cosine = (k: number, m: number) => Math.cos((Math.PI * k * (m + 0.5)) / n);
    const make = (_: unknown, k: number) =>
      Float64Array.from({ length: n }, (_, m) => Math.sqrt((k ? 2 : 1) / n) * cosine(k, m));
    bases.set(key, Array.from({ length: rows }, make));
  }
  return bases.get(key)!;
}
