/** Where a trained network looks: one utterance to see, all test utterances to count. @module */
import * as tf from "@tensorflow/tfjs";
import { loadSignal } from "../audio/load.ts";
import { type AttentionShare, attentionShare } from "../evaluation/attention_share.ts";
import { attentionWeights } from "../models/attention_weights.ts";
import { attentionFigure } from "../plots/attention.ts";
import { rmsEnvelope } from "../plots/envelope.ts";
import type { Figure } from "../plots/figure.ts";
import { splitOf } from "../training/run_data.ts";
import type { TrainedRun } from "./train_here.ts";

/**
 * The attention over one test utterance: the most confident of those that were recognised, or of
 * those that were not. Recordings that may not be shown sample by sample appear as an envelope.
 * @param trained A run of a model with attention.
 * @param options Whether the utterance was recognised.
 * @returns A figure, or undefined if there is no such utterance.
 */
export async function attentionExample(
  trained: TrainedRun,
  options: { recognised: boolean },
): Promise<Figure | undefined> {
  const { run, dataset } = trained;
  const { corpus, classes, trueFrames, frames } = dataset;
  const prediction = run.predictions
    .filter(({ label, predicted }) => (label === predicted) === options.recognised)
    .sort((a, b) => Math.max(...b.probabilities) - Math.max(...a.probabilities))[0];
  if (!prediction) return undefined;
  const index = corpus.utterances.findIndex(({ id }) => id === prediction.id);
  const [alpha] = await weightsOf(trained, [index]);
  const { samples, sampleRate } = await loadSignal(corpus.utterances[index].path);
  const emotion = classes[prediction.label];
  const signal = corpus.info.mayBeShown
    ? { samples, sampleRate, emotion }
    : { envelope: rmsEnvelope(samples, 512), secondsPerValue: 512 / sampleRate, emotion };
  const answer = options.recognised ? "recognised" : `taken for ${classes[prediction.predicted]}`;
  return attentionFigure(signal, alpha, {
    frames: trueFrames[index],
    paddedFrames: frames,
    padding: run.experiment.padding,
    title: `${emotion}, ${answer} (${corpus.info.title} ${prediction.id})`,
  });
}

/**
 * How much of the attention falls on nothing but padding, over the test part of a run.
 * @param trained A run of a model with attention.
 */
export async function attentionOnPadding(trained: TrainedRun): Promise<AttentionShare> {
  const { run, dataset } = trained;
  const { test } = splitOf(run.experiment, dataset);
  return attentionShare(await weightsOf(trained, test), {
    trueFrames: test.map((index) => dataset.trueFrames[index]),
    frames: dataset.frames,
    padding: run.experiment.padding,
  });
}

/** Attention weights of some utterances, `[n][positions]`. */
async function weightsOf(
  { model, dataset }: TrainedRun,
  indices: ArrayLike<number>,
): Promise<number[][]> {
  const { x, frames, coefficients } = dataset, size = frames * coefficients;
  const alpha = tf.tidy(() => {
    const chosen = Array.from(indices, (i) => x.subarray(i * size, (i + 1) * size));
    const input = tf.stack(chosen.map((one) => tf.tensor2d(one, [frames, coefficients])));
    return attentionWeights(model, input as tf.Tensor3D);
  });
  const rows = await alpha.array();
  alpha.dispose();
  return rows;
}
