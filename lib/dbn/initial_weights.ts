/** Weights before training, as the package that the paper used draws them. @module */
import * as tf from "@tensorflow/tfjs";
import type { Draws } from "./draws.ts";

/** What computes a unit's value from its input. */
export type RbmActivation = "relu" | "sigmoid";

/** Which of the package's two classes to follow. */
export type DbnVariant = "numpy" | "tensorflow";

/** Weights `[hidden, visible]`, visible biases and hidden biases of a machine with ReLU units. */
export function smallRbm(
  visible: number,
  hidden: number,
  variant: DbnVariant,
  draws: Draws,
): tf.Tensor[] {
  return [
    smallWeights([hidden, visible], variant, draws),
    tf.fill([visible], smallBias(visible)),
    tf.fill([hidden], smallBias(visible)),
  ];
}

/** The same of a machine with sigmoid units: normal numbers. */
export function normalRbm(visible: number, hidden: number, draws: Draws): tf.Tensor[] {
  return [[hidden, visible], [visible], [hidden]].map((shape) =>
    scaled(draws.normal(shape), 1 / Math.sqrt(visible))
  );
}

/** Truncated normal weights of a ReLU layer, shape `[units, inputs]`; see `RbmOptions`. */
export function smallWeights(
  shape: [number, number],
  variant: DbnVariant,
  draws: Draws,
): tf.Tensor2D {
  const [bound, deviation] = variant === "numpy" ? [0.2, 1] : [2, 0.1];
  const weights = draws.truncatedNormal(shape, bound) as tf.Tensor2D;
  return scaled(weights, deviation / Math.sqrt(shape[1]));
}

/** Bias of a ReLU layer. */
export const smallBias = (inputs: number): number => 0.1 / Math.sqrt(inputs);

function scaled<T extends tf.Tensor>(x: T, factor: number): T {
  const y = x.mul<T>(factor);
  x.dispose();
  return y;
}
