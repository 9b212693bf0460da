/**
 * What a run must be of: the data of an experiment as published, from the committed manifests, so that
 * no audio and no TensorFlow is needed to tell whether a stored result is of them. @module
 */
import { corpusInfo } from "../corpora/info.ts";
import { publishedUtterances } from "../corpora/manifest.ts";
import { publishedFrames } from "../corpora/published_frames.ts";
import type { CorpusName, NameFacts } from "../corpora/types.ts";
import type { Experiment } from "../training/experiment.ts";
import { describeData, type RunCorpus, splitOf } from "../training/run_data.ts";
import type { RunData } from "../training/stored_run.ts";

/** The data of an experiment. */
export interface ExpectedData {
  /** As a run describes them. */
  data: RunData;
  /** The utterances that it is tested on, in the order of the split. */
  tested: readonly NameFacts[];
}

/**
 * The data that an experiment has with the whole published corpus.
 * @throws {CorpusError} If the manifest of its corpus is not there or damaged.
 */
export async function expectedData(experiment: Experiment): Promise<ExpectedData> {
  const dataset = await publishedCorpus(experiment.corpus);
  const split = splitOf(experiment, dataset);
  return {
    data: await describeData(dataset, split),
    tested: Array.from(split.test, (utterance) => dataset.corpus.utterances[utterance]),
  };
}

type PublishedCorpus = RunCorpus & { corpus: { utterances: readonly NameFacts[] } };

const known = new Map<CorpusName, Promise<PublishedCorpus>>();

/** A corpus without its numbers, read once. */
function publishedCorpus(name: CorpusName): Promise<PublishedCorpus> {
  const reading = known.get(name) ?? readPublished(name);
  known.set(name, reading);
  return reading;
}

async function readPublished(name: CorpusName): Promise<PublishedCorpus> {
  const info = corpusInfo(name), utterances = await publishedUtterances(name);
  return {
    corpus: { info, utterances },
    frames: info.frames ?? Math.max(...(await publishedFrames(name)).values()),
    coefficients: 40, // as `mfcc` gives
    labels: Int32Array.from(utterances, ({ label }) => label),
    classes: info.emotions,
  };
}
