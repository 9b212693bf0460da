/** From a finished run to a model file; `deno task models` calls it. Not for browsers. @module */
import * as tf from "@tensorflow/tfjs";
import { type Silence, silenceAround } from "../audio/trim.ts";
import type { Dataset } from "../corpora/dataset.ts";
import { splitInWords } from "../corpora/protocols/protocol.ts";
import {
  calibrationError,
  fitTemperature,
  type LabelledAnswers,
  reliability,
  type ReliabilityBin,
  withTemperature,
} from "../evaluation/calibration.ts";
import { score } from "../layers/loss.ts";
import { MODELS } from "../models/catalogue.ts";
import { predictProbabilities } from "../training/predict.ts";
import { examplesOf, scalingOf, splitOf, viewOf } from "../training/run_data.ts";
import type { RunResult } from "../training/stored_run.ts";
import { weightsLicence } from "./licence.ts";
import type { FeatureSettings, ModelFile, StoredCalibration } from "./model_file.ts";
import { readSound } from "./read_sound.ts";
import { smallestWeights } from "./smallest_weights.ts";
import { speechStatistics } from "./speech_statistics.ts";

/** Bins of the calibration error: few, since test parts are small. */
const BINS = 10;

/** The silence around the speech of each of a corpus's utterances in which speech is found. */
export async function silencesOf({ corpus }: Pick<Dataset, "corpus">): Promise<Silence[]> {
  const found: Silence[] = [];
  for (const { path } of corpus.utterances) {
    const { samples, sampleRate } = await readSound(path);
    found.push(...[silenceAround(samples, sampleRate) ?? []].flat());
  }
  return found;
}

/**
 * Makes a model file.
 * @param trained A finished run of the protocol "stratified", and its network; the network's weights
 *   become those that the file holds.
 * @param dataset The run's corpus.
 * @param silences What `silencesOf` measured of it.
 * @throws {RangeError} If the corpus's licence does not let others have the weights, or the run has no
 * validation part.
 */
export async function exportModel(
  trained: { run: RunResult; model: tf.LayersModel },
  dataset: Dataset,
  silences: readonly Silence[],
): Promise<ModelFile> {
  const { run, model } = trained, { experiment } = run;
  const licence = weightsLicence(experiment.corpus);
  const split = splitOf(experiment, dataset);
  const temperature = fitTemperature((await heldOutAnswers(trained, dataset)).validation);
  const weights = await smallestWeights(model, async () => {
    const { validation, test } = await heldOutAnswers(trained, dataset);
    return [validation, test]
      .flatMap((part) => Array.from(calibrated(part, temperature).probabilities));
  });
  const { validation, test } = await heldOutAnswers(trained, dataset); // of the weights as stored
  return {
    model: experiment.model,
    title: MODELS[experiment.model].title,
    modelOptions: experiment.modelOptions,
    labels: dataset.classes,
    corpus: { name: experiment.corpus, title: dataset.corpus.info.title },
    features: featureSettings(dataset, experiment.padding),
    scaling: scalingOf(dataset, split, viewOf(experiment, model)),
    weights,
    calibration: calibrate(validation, test),
    training: {
      run: run.name,
      protocol: splitInWords(experiment),
      seed: experiment.seed,
      epochs: experiment.epochs,
      utterances: {
        train: split.train.length,
        validation: validation.labels.length,
        test: test.labels.length,
      },
      correct: score(test.probabilities, test.labels).correct,
    },
    speech: speechOf(dataset, split.train, silences),
    licence,
    ...(run.code ? { code: run.code } : {}),
  };
}

/**
 * Asks a network about the parts that it did not learn from.
 * @throws {RangeError} If there is no validation part.
 */
async function heldOutAnswers(
  { run: { experiment }, model }: { run: RunResult; model: tf.LayersModel },
  dataset: Dataset,
) {
  const { train, validation, test } = examplesOf(
    dataset,
    splitOf(experiment, dataset),
    viewOf(experiment, model),
  );
  try {
    if (!validation) {
      throw new RangeError(
        `Cannot calibrate: expected a run with a validation part ("stratified"), received "${experiment.split}"`,
      );
    }
    const ask = async ({ x, labels }: typeof test) => ({
      probabilities: await predictProbabilities(model, x),
      labels,
    });
    return { validation: await ask(validation), test: await ask(test) };
  } finally {
    tf.dispose([train, validation, test].flatMap((part) => part?.x ?? []));
  }
}

function calibrate(validation: LabelledAnswers, test: LabelledAnswers): StoredCalibration {
  const temperature = Number(fitTemperature(validation).toPrecision(6));
  const before = reliability(test, BINS);
  const after = reliability(calibrated(test, temperature), BINS);
  const filled = (bins: readonly ReliabilityBin[]) => bins.filter(({ count }) => count > 0);
  return {
    temperature,
    utterances: validation.labels.length,
    error: { before: calibrationError(before), after: calibrationError(after), bins: BINS },
    reliability: { before: filled(before), after: filled(after) },
  };
}

/** All answers at a temperature. */
export function calibrated(answers: LabelledAnswers, temperature: number): LabelledAnswers {
  const { probabilities, labels } = answers, classes = probabilities.length / labels.length;
  const rows = Array.from({ length: labels.length }, (_, i) => {
    const row = Array.from({ length: classes }, (_, c) => probabilities[i * classes + c]);
    return withTemperature(row, temperature);
  });
  return { probabilities: rows.flat(), labels };
}

/** Those of `loadDataset`, which takes the paper's and librosa's. */
function featureSettings(
  { frames, coefficients }: Dataset,
  padding: "before" | "after",
): FeatureSettings {
  const librosa = { sampleRate: 22050, nFft: 2048, hopLength: 512, nMels: 128 };
  return { ...librosa, nMfcc: coefficients, frames, padding };
}

function speechOf(
  dataset: Dataset,
  learned: ArrayLike<number>,
  silences: readonly Silence[],
) {
  const { means, coefficients, trueFrames } = dataset;
  const { hopLength, sampleRate, nMels } = featureSettings(dataset, "before");
  const seconds = Array.from(trueFrames, (frames) => (frames - 1) * hopLength / sampleRate);
  return speechStatistics({ means, coefficients, seconds, silences, nMels }, learned);
}
