/** Measures the way from sound files to MFCCs, in a process of its own. @module */
import { readAudioFile, toSignal } from "../audio/load.ts";
import { extractFeatures } from "../features/cache.ts";
import { featureSteps } from "../features/kernels.ts";
import type { FeaturesJob, Measurement, StartedJob } from "./job.ts";
import { cpuSeconds, moment, peakMemory } from "./resources.ts";

/**
 * Measures `extractFeatures` with an empty cache folder, so that every file is decoded; its own work
 * besides the features counts, too (checksums, keeping the set). The files have been read before and
 * lie in the system's memory; one file is worked on before the clock starts.
 * @param job Which files, and on how many cores.
 * @throws {Error} If a file cannot be read.
 */
export async function measure(job: StartedJob<FeaturesJob>): Promise<Measurement> {
  for (const path of new Set(job.paths)) await Deno.readFile(path);
  const cacheFolder = await Deno.makeTempDir();
  try {
    const workers = job.workers ?? undefined;
    const settings = { cacheFolder, workers };
    await extractFeatures(job.paths.slice(0, 1), settings);
    const start = moment();
    const { features, failures } = await extractFeatures(job.paths, settings);
    const end = moment();
    if (failures.length > 0) throw failures[0].error;
    return {
      values: {
        seconds: end.wall - start.wall,
        cpuSeconds: end.cpu - start.cpu,
        ...peakMemory(), // before the second pass
        ...job.parts ? await partSeconds(job.paths) : {},
      },
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
  const { decode, resample, mfcc } = featureSteps;
  let decodeSeconds = 0, resampleSeconds = 0, mfccSeconds = 0;
  for (const path of paths) {
    const start = moment().wall;
    const { audio } = await decode(readAudioFile(path), path);
    const decoded = moment().wall;
    const { samples } = toSignal(audio, path, { resampler: resample });
    const resampled = moment().wall;
    mfcc(samples);
    decodeSeconds += decoded - start;
    resampleSeconds += resampled - decoded;
    mfccSeconds += moment().wall - resampled;
  }
  return { decodeSeconds, resampleSeconds, mfccSeconds };
}
