/** Features by Meyda (Rawlinson, Segal & Fiala 2015): what it is right for, and to compare with. @module */
import meyda from "meyda";

// Its types describe an ES module, but what npm installs is CommonJS without the `default`.
const Meyda = meyda as unknown as typeof meyda.default;

const FRAME = 2048, HOP = 512;

/**
 * How bright a voice sounds: the centre of gravity of the spectrum (Meyda's `spectralCentroid`,
 * amplitudes under a Hann window), averaged over the frames that are not silent.
 * @param samples Mono, in [-1, 1], at least 2048 of them.
 * @param sampleRate In Hz.
 * @returns Frequency in Hz.
 * @throws {RangeError} If the recording is shorter than a frame or silent.
 * @example Usage
 * ```ts
 * import { spectralCentroid } from "ser/features/meyda.ts";
 * import { ok } from "node:assert/strict";
 * const tone = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(2 * Math.PI * i / 10));
 * ok(Math.abs(spectralCentroid(tone, 10000) - 1000) < 10); // a tone has its own frequency
 * ```
 */
export function spectralCentroid(samples: Float32Array, sampleRate: number): number {
  Object.assign(Meyda, { bufferSize: FRAME, sampleRate, windowingFunction: "hanning" });
  const frames = framesOf(samples).map((frame) => {
    const { rms, spectralCentroid } = Meyda.extract(["rms", "spectralCentroid"], frame)!;
    return { level: rms!, centroid: spectralCentroid! * sampleRate / FRAME };
  });
  const loudest = Math.max(0, ...frames.map(({ level }) => level));
  if (loudest === 0) {
    throw new RangeError(
      `Cannot find the spectral centroid: expected a sound of at least ${FRAME} samples, received ${
        frames.length ? "silence" : `${samples.length} samples`
      }`,
    );
  }
  const heard = frames.filter(({ level }) => level > loudest / 10); // 20 dB below the loudest
  return heard.reduce((sum, { centroid }) => sum + centroid, 0) / heard.length;
}

/**
 * Meyda's own MFCCs of one frame. They are not librosa's: mel scale, filter area, logarithm and
 * cosine transform differ and cannot be set.
 * @param frame 2048 samples.
 * @param sampleRate In Hz.
 * @returns 13 coefficients.
 */
export function meydaMfcc(frame: Float32Array, sampleRate: number): number[] {
  const settings = { bufferSize: FRAME, sampleRate, windowingFunction: "hanning", melBands: 128 };
  Object.assign(Meyda, settings);
  return Meyda.extract("mfcc", frame) as number[];
}

function framesOf(samples: Float32Array): Float32Array[] {
  const frames: Float32Array[] = [];
  for (let start = 0; start + FRAME <= samples.length; start += HOP) {
    frames.push(samples.slice(start, start + FRAME));
  }
  return frames;
}
