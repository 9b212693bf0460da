/** How long a recurrent network remembers, measured on its hidden states over the test part of a run. @module */
import * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../corpora/dataset.ts";
import { hiddenStates } from "../models/hidden_states.ts";
import type { Figure } from "../plots/figure.ts";
import { linesFigure } from "../plots/lines.ts";
import { splitOf } from "../training/run_data.ts";
import type { TrainedRun } from "../notebook/train_here.ts";

/**
 * What zeros leave of the speech: each test utterance is followed by frames of zeros, and its state
 * compared with that of a recording of nothing but zeros.
 * @param trained A run of `lstm` or `lstm-attention`.
 * @param zeros Frames of zeros, `>= 1`.
 * @returns The mean distance of the two states after 0 to `zeros` frames of zeros, as a share of that
 * after 0, `[zeros + 1]`.
 */
export function speechMemory({ run, model, dataset }: TrainedRun, zeros: number): number[] {
  const { trueFrames, frames, coefficients } = dataset;
  const { padding } = run.experiment;
  const test = [...splitOf(run.experiment, dataset).test], width = (frames + zeros) * coefficients;
  const values = new Float32Array(test.length * width);
  test.forEach((index, i) => {
    const start = padding === "before" ? frames - trueFrames[index] : 0;
    values.set(framesOf(dataset, index, start, start + trueFrames[index]), i * width);
  });
  const ends = test.map((index) => trueFrames[index] - 1);
  return tf.tidy(() => {
    const speech = tf.tensor3d(values, [test.length, frames + zeros, coefficients]);
    const nothing = tf.zeros([1, frames + zeros, coefficients]) as tf.Tensor3D;
    return sharesLeft(hiddenStates(model, speech), hiddenStates(model, nothing), ends, zeros);
  });
}

/**
 * What later states keep of one frame: the middle frame of each test utterance is replaced by the
 * utterance's average, and the states before and after compared.
 * @param trained A run of `lstm` or `lstm-attention`.
 * @param later Frames to follow it, `>= 1`; shorter utterances are left out.
 * @returns The mean distance of the two states 0 to `later` frames after the replaced one, as a share
 * of that at 0, `[later + 1]`.
 * @throws {RangeError} If every utterance is too short.
 */
export function frameMemory({ run, model, dataset }: TrainedRun, later: number): number[] {
  const { trueFrames, frames, coefficients, means } = dataset;
  const { padding } = run.experiment;
  const test = [...splitOf(run.experiment, dataset).test].filter((i) =>
    trueFrames[i] - (trueFrames[i] >> 1) > later
  );
  if (test.length === 0) {
    throw new RangeError(
      `Cannot follow a frame: expected utterances with ${later} frames after their middle, received none`,
    );
  }
  const size = frames * coefficients;
  const middle = test.map((i) =>
    (padding === "before" ? frames - trueFrames[i] : 0) + (trueFrames[i] >> 1)
  );
  const values = new Float32Array(test.length * size);
  test.forEach((index, i) => values.set(framesOf(dataset, index, 0, frames), i * size));
  const replaced = values.slice();
  test.forEach((index, i) => {
    const mean = means.subarray(index * coefficients, (index + 1) * coefficients);
    replaced.set(mean, i * size + middle[i] * coefficients);
  });
  return tf.tidy(() => {
    const [usual, changed] = [values, replaced].map((data) =>
      hiddenStates(model, tf.tensor3d(data, [test.length, frames, coefficients]))
    );
    return sharesLeft(usual, changed, middle, later);
  });
}

/**
 * What is left, over the frames.
 * @param lines Shares as the functions above give them, by the name that the legend shows; up to three.
 * @param options Title of the figure and of its horizontal axis.
 */
export function memoryFigure(
  lines: Readonly<Record<string, readonly number[]>>,
  options: { title: string; xTitle: string },
): Figure {
  const percent = Object.entries(lines).map(([name, shares]) =>
    [name, shares.map((share) => 100 * share)] as const
  );
  const later = percent[0][1].map((_, k) => k);
  const most = Math.max(...Object.values(lines).flat());
  return linesFigure(later, Object.fromEntries(percent), {
    ...options,
    yTitle: "Left in the state (%)",
    yRange: [0, 105 * most],
  });
}

/** Some frames of an utterance as they stand in the padded input, without copying them. */
function framesOf(dataset: Dataset, index: number, from: number, to: number): Float32Array {
  const { x, frames, coefficients } = dataset, start = index * frames;
  return x.subarray((start + from) * coefficients, (start + to) * coefficients);
}

/**
 * Mean distance of two sets of states from a place on, each utterance's own, over that at the place.
 * Call inside `tf.tidy`.
 */
function sharesLeft(
  states: tf.Tensor3D,
  others: tf.Tensor3D,
  places: readonly number[],
  later: number,
): number[] {
  const distances = states.sub(others).norm("euclidean", 2).arraySync() as number[][];
  const sums = Array.from(
    { length: later + 1 },
    (_, k) => distances.reduce((sum, row, i) => sum + row[places[i] + k], 0),
  );
  return sums.map((sum) => sum / sums[0]);
}
