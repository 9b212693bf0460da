/** A small network and small data for tests of the training loop. */
import * as tf from "@tensorflow/tfjs";
import { BatchNormalization } from "ser/layers/batch_normalization.ts";
import { SeededDropout } from "ser/layers/dropout.ts";
import { deriveSeed, RandomState } from "ser/support/random.ts";
import type { FitData } from "ser/training/fit.ts";

export const FRAMES = 6, COEFFICIENTS = 3, CLASSES = 3;

/** Convolution, batch normalization, dropout, softmax: all that CNN-ATN has of state. */
export function smallModel(seed: number): tf.LayersModel {
  const weights = (name: string) => tf.initializers.glorotUniform({ seed: deriveSeed(seed, name) });
  return tf.sequential({
    layers: [
      tf.layers.conv1d({
        name: "convolution",
        filters: 5,
        kernelSize: 3,
        inputShape: [FRAMES, COEFFICIENTS],
        kernelInitializer: weights("convolution"),
      }),
      new BatchNormalization({ name: "normalization" }),
      tf.layers.reLU(),
      new SeededDropout({ rate: 0.3, seed: deriveSeed(seed, "dropout") }),
      tf.layers.flatten(),
      tf.layers.dense({
        name: "emotion",
        units: CLASSES,
        activation: "softmax",
        kernelInitializer: weights("emotion"),
      }),
    ],
  });
}

/** Noise around another level for each class: quickly learned. */
export function smallNumbers(n: number, seed: number): { x: Float32Array; labels: Int32Array } {
  const random = new RandomState(seed), size = FRAMES * COEFFICIENTS;
  const labels = Int32Array.from({ length: n }, (_, i) => i % CLASSES);
  const x = Float32Array.from(
    { length: n * size },
    (_, i) => labels[Math.floor(i / size)] + random.uniform() - 1.5,
  );
  return { x, labels };
}

function examples(n: number, seed: number) {
  const { x, labels } = smallNumbers(n, seed);
  return { x: tf.tensor3d(x, [n, FRAMES, COEFFICIENTS]), labels };
}

/** 40 training and 11 test examples. */
export const smallData = (): FitData => ({ train: examples(40, 1), test: examples(11, 2) });

/** A history without times, which no two runs share. */
export const numbersOf = <T extends { seconds: number[] }>({ seconds: _, ...history }: T) =>
  history;
