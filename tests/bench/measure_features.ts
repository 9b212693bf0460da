/** Measures the way from sound files to MFCCs; features.py does the peer's. @module */
import { readAudioFile, toSignal } from "ser/audio/load.ts";
import { extractFeatures } from "ser/features/cache.ts";
import { decodeAudio } from "ser/audio/decode.ts";
import { featureSteps } from "ser/features/kernels.ts";
import { cpuSeconds, moment, peakMemory } from "./clocks.ts";
import type { Measurement } from "./rounds.ts";
import type { FeaturesJob } from "./rows.ts";

/**
 * Measures `extractFeatures` with an empty cache folder, so that every file is decoded; its own work
 * besides the features counts, too (checksums, keeping the set). The files have been read before and
 * lie in the system's memory; one file is worked on before the clock starts.
 * @throws {Error} If a file cannot be read.
 */
export async function measureFeatures(job: FeaturesJob): Promise<Measurement> {
  const { paths } = job;
  for (const path of new Set(paths)) await Deno.readFile(path);
  const cacheFolder = await Deno.makeTempDir();
  try {
    const settings = { cacheFolder, workers: job.workers ?? undefined };
    await extractFeatures(paths.slice(0, 1), settings);
    const start = moment();
    const { features, failures } = await extractFeatures(paths, settings);
    const end = moment();
    if (failures.length > 0) throw failures[0].error;
    const seconds = { seconds: end.wall - start.wall, cpuSeconds: end.cpu - start.cpu };
    const peak = peakMemory(); // before the second pass
    return {
      values: { ...seconds, ...peak, ...job.parts ? await partSeconds(paths) : {} },
      same: { frames: features.reduce((sum, { mfcc }) => sum + mfcc.rows, 0) },
      versions: { deno: Deno.version.deno },
      cpuSeconds: cpuSeconds(),
    };
  } finally {
    await Deno.remove(cacheFolder, { recursive: true });
  }
}

/** Seconds of each step on its own, one file after the other. */
async function partSeconds(paths: readonly string[]): Promise<Record<string, number>> {
  const sums = { decodeSeconds: 0, resampleSeconds: 0, mfccSeconds: 0 };
  for (const path of paths) {
    const start = moment().wall;
    const audio = await decodeAudio(readAudioFile(path), path);
    const decoded = moment().wall;
    const { samples } = toSignal(audio, path, { resampler: featureSteps.resample });
    const resampled = moment().wall;
    featureSteps.mfcc(samples);
    sums.decodeSeconds += decoded - start;
    sums.resampleSeconds += resampled - decoded;
    sums.mfccSeconds += moment().wall - resampled;
  }
  return sums;
}
