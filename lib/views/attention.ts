/** Where a trained network looks: one utterance to see, all test utterances to count. @module */
import * as tf from "@tensorflow/tfjs";
import { loadSignal } from "../audio/load.ts";
import type { Corpus } from "../corpora/load.ts";
import { type AttentionShare, attentionShare } from "../evaluation/attention_share.ts";
import { logMelSpectrogram } from "../features/mel.ts";
import { mfcc } from "../features/mfcc.ts";
import { padFrames } from "../features/pad.ts";
import { attentionWeights } from "../models/attention_weights.ts";
import { attentionFigure } from "../plots/attention.ts";
import { rmsEnvelope } from "../plots/envelope.ts";
import type { Figure } from "../plots/figure.ts";
import { splitOf } from "../training/run_data.ts";
import { sharedAddress } from "../notebook/sound_address.ts";
import type { TrainedRun } from "../notebook/train_here.ts";

/**
 * The attention over one test utterance: the most confident of those that were recognised, or of
 * those that were not.
 * @param trained A run of a model with attention.
 * @param options Whether the utterance was recognised.
 * @returns A figure as `attentionOver` gives, or undefined if there is no such utterance.
 */
export async function attentionExample(
  trained: TrainedRun,
  options: { recognised: boolean },
): Promise<Figure | undefined> {
  const { run, dataset: { corpus, classes } } = trained;
  const prediction = run.predictions
    .filter(({ label, predicted }) => (label === predicted) === options.recognised)
    .sort((a, b) => Math.max(...b.probabilities) - Math.max(...a.probabilities))[0];
  if (!prediction) return undefined;
  const answer = options.recognised ? "recognised" : `taken for ${classes[prediction.predicted]}`;
  const title = `${classes[prediction.label]}, ${answer} (${corpus.info.title} ${prediction.id})`;
  return await attentionOver(trained, corpus, prediction.id, { title });
}

/** Bands of the spectrogram under a waveform; half of what the MFCCs are made of is enough to see. */
const BANDS = 64;

/**
 * The attention over any utterance, also of a corpus that the network was not trained on. Recordings
 * that everybody may hear appear as waveform and log-mel spectrogram, and `layout.meta` says where a
 * page finds the sound; others appear as an envelope.
 * @param trained A run of a model with attention.
 * @param corpus Where the utterance is from.
 * @param id Its name.
 * @param options Title. @default {emotion, utterance and the network's answer}
 * @throws {RangeError} If there is no such utterance, or it is too long for the network.
 */
export async function attentionOver(
  { run, model, dataset: { classes, frames } }: Pick<TrainedRun, "run" | "model" | "dataset">,
  { info, utterances }: Corpus,
  id: string,
  options: { title?: string } = {},
): Promise<Figure> {
  const utterance = utterances.find((each) => each.id === id);
  if (!utterance) {
    throw new RangeError(
      `Cannot find the utterance: expected one of ${info.title}, received "${id}"`,
    );
  }
  const { path, emotion } = utterance, { padding } = run.experiment;
  const { samples, sampleRate } = await loadSignal(path);
  const spoken = mfcc(samples), padded = padFrames(spoken, frames, padding);
  const { alpha, probabilities } = tf.tidy(() => {
    const x = tf.tensor3d(padded.data, [1, frames, padded.columns]);
    const answer = (model.predict(x) as tf.Tensor).dataSync();
    return { alpha: attentionWeights(model, x).dataSync(), probabilities: Array.from(answer) };
  });
  const best = probabilities.indexOf(Math.max(...probabilities));
  const answer = `${classes[best]}, ${Math.round(100 * probabilities[best])} %`;
  const title = options.title ?? `${emotion} (${info.title} ${id}); the network says ${answer}`;
  const signal = info.mayBeShown
    ? { samples, sampleRate, emotion, logMel: logMelSpectrogram(samples, { nMels: BANDS }) }
    : { envelope: rmsEnvelope(samples, 512), secondsPerValue: 512 / sampleRate, emotion };
  const audio = sharedAddress(info, path);
  const { rows } = spoken;
  return attentionFigure(signal, alpha, {
    ...{ frames: rows, paddedFrames: frames, padding, title },
    ...(audio ? { audio } : {}),
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
