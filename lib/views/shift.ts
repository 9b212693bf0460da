/** What a network makes of utterances that do not stand where those of its training stood. @module */
import * as tf from "@tensorflow/tfjs";
import { predictProbabilities } from "../training/predict.ts";
import { splitOf } from "../training/run_data.ts";
import { score } from "../layers/loss.ts";
import type { TrainedRun } from "../notebook/train_here.ts";

/** Accuracies of one and the same set of utterances. */
export interface ShiftedAccuracy {
  /** Share of right answers for each shift, in [0, 1]. */
  accuracy: number[];
  /** Test utterances with enough padding for the largest shift. */
  utterances: number;
}

/**
 * What stands where speech was moved away: `"edge"`, the frame at that end again and again, so that no
 * new edge to zeros comes with the move; `"zeros"`, padding.
 */
export type Fill = "edge" | "zeros";

/**
 * Moves the speech into its padding, away from the end at which it stood in training, and asks the
 * network again.
 * @param trained A run of a model that reads frames.
 * @param shifts Frames to move by, each >= 0; 0 is the input as it was in training.
 * @param fill What stands behind the speech then.
 * @throws {RangeError} If no test utterance has enough padding for the largest shift.
 */
export async function shiftedAccuracy(
  { run, model, dataset }: TrainedRun,
  shifts: readonly number[],
  fill: Fill = "edge",
): Promise<ShiftedAccuracy> {
  const { padding } = run.experiment, { frames, coefficients, trueFrames, labels } = dataset;
  const largest = Math.max(...shifts);
  const chosen = [...splitOf(run.experiment, dataset).test]
    .filter((i) => frames - trueFrames[i] >= largest);
  if (chosen.length === 0) {
    throw new RangeError(
      `Cannot shift the utterances: expected some with ${largest} frames of padding, received none`,
    );
  }
  const size = frames * coefficients, accuracy: number[] = [];
  for (const shift of shifts) {
    const by = padding === "before" ? -shift : shift;
    const values = new Float32Array(chosen.length * size);
    chosen.forEach((index, i) => {
      const utterance = dataset.x.subarray(index * size, (index + 1) * size);
      values.set(moveFrames(utterance, by, { coefficients, fill }), i * size);
    });
    const x = tf.tensor3d(values, [chosen.length, frames, coefficients]);
    const { correct } = score(await predictProbabilities(model, x), chosen.map((i) => labels[i]));
    x.dispose();
    accuracy.push(correct / chosen.length);
  }
  return { accuracy, utterances: chosen.length };
}

/**
 * Moves the frames of an utterance.
 * @param values Row-major `[frames, coefficients]`.
 * @param by Frames to move by, later if positive, earlier if negative.
 * @param options `coefficients`: numbers of each frame; `fill`: what comes where room becomes free.
 * @returns A copy.
 */
export function moveFrames(
  values: Float32Array,
  by: number,
  { coefficients, fill }: { coefficients: number; fill: Fill },
): Float32Array {
  const frames = values.length / coefficients;
  return values.map((_, i) => {
    const frame = Math.floor(i / coefficients) - by;
    const from = Math.min(frames - 1, Math.max(0, frame));
    return fill === "zeros" && from !== frame ? 0 : values[from * coefficients + i % coefficients];
  });
}
