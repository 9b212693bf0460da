/** MFCC frames of the published recordings, from their lengths alone. @module */
import { readManifest } from "./manifest.ts";
import type { CorpusName } from "./types.ts";

/**
 * MFCC frames of every published recording, at 22,050 Hz with one frame every 512 samples (librosa's
 * defaults); needs no audio.
 * @param name The corpus.
 * @returns Frames by id, in the order of the manifest.
 * @throws {CorpusError} If the manifest is not there or damaged.
 * @example Usage
 * ```ts
 * import { publishedFrames } from "ser/corpora/published_frames.ts";
 * import { strictEqual } from "node:assert/strict";
 * const frames = await publishedFrames("savee");
 * strictEqual(frames.get("JE_sa14"), 308); // the longest: the paper's 308
 * ```
 */
export async function publishedFrames(name: CorpusName): Promise<Map<string, number>> {
  const entries = [...await readManifest(name)];
  return new Map(entries.map(([id, { samples, sampleRate }]) => [
    id,
    1 + Math.floor(Math.ceil(samples * 22050 / sampleRate) / 512),
  ]));
}
