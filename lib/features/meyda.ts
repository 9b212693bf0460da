/** Features by Meyda (Rawlinson, Segal & Fiala 2015): what it is right for, and to compare with. @module */
import meyda from "meyda";

// Its types describe an ES module, but what npm installs is CommonJS without the `default`.
const Meyda = meyda as unknown as typeof meyda.default;

const FRAME = 2048, HOP = 512;

/**
 * The level of a recording: the root mean square of its frames (Meyda's `rms`), averaged as power,
 * over those that are not silent.
 * @param samples Mono, in [-1, 1], at least 2048 of them.
 * @returns Level in dB re full scale, `<= 0`.
 * @throws {RangeError} If it is shorter than a frame or silent.
 * @example Usage
 * ```ts
 * import { level } from "ser/features/meyda.ts";
 * import { ok } from "node:assert/strict";
 * const tone = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i / 10));
 * ok(Math.abs(level(tone) + 3.01) < 0.05); // a sine of full amplitude has -3 dB
 * ```
 */
export function level(samples: Float32Array): number {
  Object.assign(Meyda, { bufferSize: FRAME, windowingFunction: "rect" });
  const frames = framesOf(samples);
  const powers = frames.map((frame) => (Meyda.extract("rms", frame) as number) ** 2);
  const loudest = Math.max(...powers);
  if (!(loudest > 0)) {
    throw new RangeError(
      `Cannot measure the level: expected a sound of at least ${FRAME} samples, received ${
        frames.length ? "silence" : `${samples.length} samples`
      }`,
    );
  }
  const heard = powers.filter((power) => power > loudest / 1e4); // 40 dB below the loudest
  return 10 * Math.log10(heard.reduce((sum, power) => sum + power, 0) / heard.length);
}

/**
 * Meyda's own MFCCs of one frame. They are not librosa's: mel scale, filter area, logarithm and
 * cosine transform differ and cannot be set.
 * @param frame 2048 samples.
 * @param sampleRate In Hz.
 * @returns 13 coefficients.
 */
export function meydaMfcc(frame: Float32Array, sampleRate: number): number[] {
  Object.assign(Meyda, {
    bufferSize: FRAME,
    windowingFunction: "hanning",
    sampleRate,
    melBands: 128,
  });
  return Meyda.extract("mfcc", frame) as number[];
}

function framesOf(samples: Float32Array): Float32Array[] {
  const frames: Float32Array[] = [];
  for (let start = 0; start + FRAME <= samples.length; start += HOP) {
    frames.push(samples.slice(start, start + FRAME));
  }
  return frames;
}
