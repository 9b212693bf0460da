/**
 * All random numbers of the deep belief network in one place, so that a seed decides everything and
 * a test can replay the numbers that another program drew. @module
 */
import * as tf from "@tensorflow/tfjs";
import { statelessUniform } from "../backend/random.ts";
import { deriveSeed, RandomState } from "../support/random.ts";

/** Where random numbers come from; each call gives new ones. Float32 tensors, which the caller disposes. */
export interface Draws {
  /** Uniform over [0, 1). */
  uniform(shape: number[]): tf.Tensor;
  /** The numbers 0 .. n - 1 in random order. */
  permutation(n: number): Int32Array;
  /** Standard normal. */
  normal(shape: number[]): tf.Tensor;
  /** Standard normal on condition that it lies in [-bound, bound]; `bound > 0`. */
  truncatedNormal(shape: number[], bound: number): tf.Tensor;
}

/**
 * Random numbers that depend on the seed and on how many were drawn before. Uniform numbers are those
 * of `statelessUniform`.
 * @param seed Integer in [0, 2^31).
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { seededDraws } from "ser/dbn/draws.ts";
 * import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const one = seededDraws(7), other = seededDraws(7);
 * deepStrictEqual(one.normal([3]).arraySync(), other.normal([3]).arraySync());
 * notDeepStrictEqual(one.uniform([3]).arraySync(), one.uniform([3]).arraySync());
 * ```
 */
export function seededDraws(seed: number): Draws {
  const stream = (name: string) => new RandomState(deriveSeed(seed, "dbn", name));
  const orders = stream("permutation"), normals = stream("normal"), cut = stream("truncated");
  const uniforms = deriveSeed(seed, "dbn", "uniform");
  let counter = 0;
  return {
    uniform: (shape) => statelessUniform(shape, uniforms, counter++),
    permutation: (n) => orders.permutation(n),
    normal: (shape) => filled(shape, () => normal(normals)),
    truncatedNormal: (shape, bound) => filled(shape, () => truncatedNormal(cut, bound)),
  };
}

function filled(shape: number[], draw: () => number): tf.Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(Float32Array.from({ length: size }, draw), shape, "float32");
}

/** Box and Muller, 1958. */
function normal(random: RandomState): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform()));
  return radius * Math.cos(2 * Math.PI * random.uniform());
}

/** Rejection from the uniform distribution over [-bound, bound]. */
function truncatedNormal(random: RandomState, bound: number): number {
  for (;;) {
    const x = bound * (2 * random.uniform() - 1);
    if (random.uniform() < Math.exp(-x * x / 2)) return x;
  }
}
