/** A corpus as the arrays that the models take (paper 4.2). @module */
import { extractFeatures, type FileFeatures } from "../features/cache.ts";
import { padFrames, timeAverage } from "../features/pad.ts";
import { type Corpus, listCorpus, LOAD_OPTIONS, type LoadOptions } from "./load.ts";
import { withoutDamaged } from "./check.ts";
import { readManifest, type SampleFacts } from "./manifest.ts";
import { CorpusError, problemsError } from "./problems.ts";
import type { CorpusName, Utterance } from "./types.ts";
import { checkOptions } from "../support/options.ts";

/** How to make a dataset. */
export interface DatasetOptions extends LoadOptions {
  /** Which side of an utterance the zeros go to. @default {"before"} (README, "Differences from the paper") */
  padding?: "before" | "after";
  /** Where features are cached. @default {as `extractFeatures`} */
  cacheFolder?: string;
  /** Told about what was repaired, for example a damaged cache. */
  warn?: (message: string) => void;
}

/** MFCCs and labels of all utterances, in the order of `corpus.utterances`. */
export interface Dataset {
  /** The utterances. */
  corpus: Corpus;
  /** MFCCs padded with zeros, shape `[n, frames, coefficients]`. */
  x: Float32Array;
  /** Which side of an utterance the zeros went to. */
  padding: "before" | "after";
  /** Frames of each utterance after padding. */
  frames: number;
  /** MFCCs of each frame. */
  coefficients: number;
  /** Frames of each utterance before padding, shape `[n]`. */
  trueFrames: Int32Array;
  /** Index into `classes`, shape `[n]`. */
  labels: Int32Array;
  /** Emotions in label order. */
  classes: readonly string[];
  /** Average over the frames before padding, shape `[n, coefficients]`. */
  means: Float32Array;
}

/**
 * Loads a corpus, checks the samples against the manifest and extracts the MFCCs (cached on disk).
 * @param name The corpus.
 * @param options Where it is, padding, and whether problems are allowed.
 * @throws {CorpusError} If anything is wrong with the corpus: one message with all of it.
 * @throws {RangeError} If an utterance is longer than the frames of the corpus.
 * @throws {TypeError} If there is no such option, as `nMfcc`: the features are the paper's.
 * @example Usage
 * ```ts
 * import { loadDataset } from "ser/corpora/dataset.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { x, labels, frames, coefficients } = await loadDataset("emodb");
 * strictEqual(x.length, labels.length * frames * coefficients);
 * ```
 */
export async function loadDataset(
  name: CorpusName,
  options: DatasetOptions = {},
): Promise<Dataset> {
  checkOptions("load the dataset", options, `${LOAD_OPTIONS} padding cacheFolder warn`);
  const { cacheFolder, progress, warn, allowProblems } = options;
  const manifest = options.manifest ?? await readManifest(name);
  const listed = await listCorpus(name, { ...options, manifest });
  const paths = listed.utterances.map(({ path }) => path);
  const extracted = await extractFeatures(paths, { cacheFolder, progress, warn });
  const byPath = new Map(extracted.features.map((features) => [features.path, features]));
  const errors = new Map(extracted.failures.map(({ path, error }) => [path, error]));
  const facts = listed.utterances.map((utterance) => samplesOf(utterance, byPath, errors));
  const corpus = withoutDamaged(listed, facts, manifest);
  if (corpus.problems.length > 0 && (!allowProblems || corpus.utterances.length === 0)) {
    const { info, root, problems, utterances } = corpus;
    throw problemsError(info, root, problems, utterances.length, manifest.size);
  }
  const features = corpus.utterances.map(({ path }) => byPath.get(path)!);
  return arrange(corpus, features, options.padding ?? "before");
}

function samplesOf(
  utterance: Utterance,
  byPath: ReadonlyMap<string, FileFeatures>,
  errors: ReadonlyMap<string, Error>,
): SampleFacts {
  const found = byPath.get(utterance.path);
  if (found === undefined) {
    return { utterance, error: errors.get(utterance.path) ?? new CorpusError("not read") };
  }
  const { seconds, sourceRate, sampleSha256 } = found;
  const samples = Math.round(seconds * sourceRate); // of the file, not of the resampled signal
  return { utterance, entry: { samples, sampleRate: sourceRate, sha256: sampleSha256 } };
}

/** Puts the MFCCs of all utterances into one array. */
function arrange(corpus: Corpus, features: FileFeatures[], padding: Dataset["padding"]): Dataset {
  const n = features.length;
  const coefficients = features[0].mfcc.columns;
  const trueFrames = Int32Array.from(features, ({ mfcc }) => mfcc.rows);
  const frames = corpus.info.frames ?? Math.max(...trueFrames);
  const x = new Float32Array(n * frames * coefficients);
  const means = new Float32Array(n * coefficients);
  features.forEach(({ mfcc }, i) => {
    if (mfcc.rows > frames) {
      const { info: { title }, utterances } = corpus;
      throw new RangeError(
        `Cannot pad ${title}: expected at most ${frames} frames, received ${mfcc.rows} of ${
          utterances[i].id
        }`,
      );
    }
    x.set(padFrames(mfcc, frames, padding).data, i * frames * coefficients);
    means.set(timeAverage(mfcc), i * coefficients);
  });
  const labels = Int32Array.from(corpus.utterances, ({ label }) => label);
  const classes = corpus.info.emotions;
  return { corpus, x, padding, frames, coefficients, trueFrames, labels, classes, means };
}
