/** Averaged MFCCs, and what SDNN makes of them, prepared for figures. @module */
import type { Dataset } from "../corpora/dataset.ts";
import { softmax } from "../evaluation/calibration.ts";
import { mean } from "../evaluation/mean.ts";
import { randomSplit } from "../corpora/splits.ts";
import { timeAverage } from "../features/pad.ts";
import { applyScaling, fitScaling, type ScalingKind } from "../features/scaling.ts";
import { largestDifference } from "../features/librosa_example.ts";
import { coefficientEffects } from "../models/coefficient_effects.ts";
import { emotionProfiles } from "../plots/emotion_profiles.ts";
import type { Figure } from "../plots/figure.ts";
import { scalingOf, splitOf } from "../training/run_data.ts";
import type { Prediction } from "../training/stored_run.ts";
import type { TrainedRun } from "../notebook/train_here.ts";

/** What the mean of an emotion's utterances needs of a dataset. */
export type MeansDataset = Pick<Dataset, "means" | "labels" | "classes" | "coefficients">;

/**
 * How far each emotion's averaged MFCCs lie from all emotions', over the training part of the
 * paper's random split.
 * @returns Of each emotion in label order, `[coefficients]` in standard deviations of the training
 * part; an emotion without training utterances is left out.
 */
export function typicalMeans(
  { means, labels, classes, coefficients }: MeansDataset,
  options: { seed: number },
): Record<string, Float32Array> {
  const { train } = randomSplit(labels.length, options);
  const rowsOf = (indices: Int32Array) => rows(means, indices, coefficients);
  const scale = fitScaling(rowsOf(train), coefficients, "z");
  return Object.fromEntries(
    classes.map((emotion, label) => {
      const own = train.filter((i) => labels[i] === label);
      return [emotion, {
        data: scale(rowsOf(own)),
        rows: own.length,
        columns: coefficients,
      }] as const;
    }).filter(([, { rows }]) => rows > 0)
      .map(([emotion, matrix]) => [emotion, timeAverage(matrix)]),
  );
}

/**
 * The averaged MFCCs as a network read them: scaled as its experiment says, by the training part.
 * @param trained A run of a model that reads averages.
 * @returns `[n, coefficients]`.
 */
export function meansAsRead(
  { run, dataset }: Pick<TrainedRun, "run" | "dataset">,
): Float32Array {
  const split = splitOf(run.experiment, dataset), { modelOptions } = run.experiment;
  const view = { input: "means", scaling: modelOptions.scaling as ScalingKind } as const;
  return applyScaling(dataset.means, scalingOf(dataset, split, view));
}

/** The averages of some utterances, one after the other. */
const rows = (means: Float32Array, indices: Int32Array, coefficients: number): Float32Array =>
  Float32Array.from(
    [...indices].flatMap((i) => [...means.subarray(i * coefficients, (i + 1) * coefficients)]),
  );

/** An answer of SDNN, taken apart. */
export interface ExplainedAnswer {
  id: string;
  /** What each coefficient says for and against each emotion. */
  figure: Figure;
  /** How far the sum of all contributions is from the network's answer: largest difference of a probability. */
  difference: number;
}

/**
 * What each coefficient contributes to the answer for two test utterances, on one scale: the first of
 * those that were recognised, and of those that were not. Contributions are shown less their mean over
 * the emotions, which a softmax does not see; beside each emotion stands their sum with its bias.
 * @param trained A run of SDNN.
 * @returns One answer where all or none were recognised.
 */
export function explainedAnswers(trained: TrainedRun): ExplainedAnswer[] {
  const { predictions } = trained.run;
  const examples = [true, false].flatMap((recognised) =>
    predictions.find((p) => (p.label === p.predicted) === recognised) ?? []
  );
  const parts = examples.map((example) => takenApart(trained, example));
  const limit = Math.max(...parts.flatMap(({ centred }) => centred.flat().map(Math.abs)));
  return parts.map((part) => drawn(part, trained.dataset.classes, limit));
}

/** One answer in parts. */
interface TakenApart {
  example: Prediction;
  /** Contribution of each coefficient to each emotion, less the mean over the emotions, in nats. */
  centred: number[][];
  /** Contributions and biases summed, one for each emotion. */
  logits: number[];
}

function takenApart(trained: TrainedRun, example: Prediction): TakenApart {
  const { model, dataset: { coefficients, corpus } } = trained;
  const i = corpus.utterances.findIndex(({ id }) => id === example.id);
  const own = meansAsRead(trained).subarray(i * coefficients, (i + 1) * coefficients);
  const { effects, bias } = coefficientEffects(model, own);
  const logits = bias.map((b, emotion) => effects.reduce((sum, row) => sum + row[emotion], b));
  return { example, centred: effects.map(lessMean), logits };
}

function drawn(
  { example, centred, logits }: TakenApart,
  classes: readonly string[],
  limit: number,
) {
  const { id, label, predicted, probabilities } = example;
  const outcome = label === predicted ? "recognised" : `taken for ${classes[predicted]}`;
  const sums = lessMean(logits);
  const byEmotion = classes.map((name, emotion) => [
    `${name} ${sums[emotion] < 0 ? "−" : "+"}${Math.abs(sums[emotion]).toFixed(1)}`,
    centred.map((row) => row[emotion]),
  ]);
  return {
    id,
    difference: largestDifference(softmax(logits), probabilities),
    figure: emotionProfiles(Object.fromEntries(byEmotion), {
      title: `What each coefficient says of ${id}: ${classes[label]}, ${outcome}`,
      unit: "nats",
      limit,
    }),
  };
}

function lessMean(row: readonly number[]): number[] {
  const middle = mean(row);
  return row.map((x) => x - middle);
}
