/** The NumPy results of tests/fixtures/dbn and the random numbers that they came from. @module */
import * as tf from "@tensorflow/tfjs";
import { ok, strictEqual } from "node:assert/strict";
import type { Draws } from "ser/dbn/draws.ts";
import { type Packed, unpack } from "../fixtures/keras/read.ts";

/** Content of numpy.json and tensorflow.json. */
export interface DbnFixture {
  settings: {
    hidden: number[];
    classes: number;
    batchSize: number;
    dropout: number;
    pretraining: { epochs: number; rate: number };
    fineTuning: { epochs: number; rate: number };
  };
  x: Packed;
  labels: number[];
  draws: RecordedDraws;
  /** After pretraining. */
  rbms: { W: number[][]; b: number[]; c: number[] }[];
  reconstructionError: number[][];
  losses: number[];
  accuracies: number[];
  /** After fine-tuning, for use without dropout. */
  network: { W: number[][]; b: number[] }[];
  probabilities: number[][];
}

/** Numbers of each kind in the order in which they are wanted. */
export interface RecordedDraws {
  uniform: Packed[];
  permutation: number[][];
  normal: Packed[];
  truncatedNormal: (Packed & { bound: number })[];
}

/** Reads the fixture of a variant. */
export async function readFixture(variant: string): Promise<DbnFixture> {
  const url = new URL(`../fixtures/dbn/${variant}.json`, import.meta.url);
  return JSON.parse(await Deno.readTextFile(url));
}

/** A packed array as a tensor. */
export const tensorOf = (packed: Packed): tf.Tensor => tf.tensor(unpack(packed), packed.shape);

/** Numbers as a packed array, to write a test's own draws. */
export function pack(values: number[][]): Packed {
  const bytes = new Uint8Array(Float32Array.from(values.flat()).buffer);
  return { shape: [values.length, values[0].length], float32: btoa(String.fromCharCode(...bytes)) };
}

/** Hands out recorded numbers; asking for another shape or too often is an error. */
export function replay(recorded: Partial<RecordedDraws>): Draws & { left(): number } {
  const { uniform = [], permutation = [], normal = [], truncatedNormal = [] } = structuredClone(
    recorded,
  );
  const next = (kind: string, queue: Packed[], shape: number[]) => {
    const packed = queue.shift();
    ok(packed, `no ${kind} numbers are left for [${shape}]`);
    strictEqual(String(shape), String(packed.shape), kind);
    return packed;
  };
  return {
    uniform: (shape) => tensorOf(next("uniform", uniform, shape)),
    normal: (shape) => tensorOf(next("normal", normal, shape)),
    truncatedNormal(shape, bound) {
      const packed = next("truncated normal", truncatedNormal, shape);
      strictEqual(bound, (packed as Packed & { bound: number }).bound);
      return tensorOf(packed);
    },
    permutation(n) {
      const order = Int32Array.from(permutation.shift()!);
      strictEqual(order.length, n);
      return order;
    },
    left: () => uniform.length + permutation.length + normal.length + truncatedNormal.length,
  };
}

/** Asserts that no number is off by more than the tolerance. */
export function near(actual: ArrayLike<number>, expected: number[], tolerance: number, what = "") {
  strictEqual(actual.length, expected.length, what);
  const worst = expected.reduce((top, value, i) => {
    const off = Math.abs(actual[i] - value);
    return off <= top ? top : off; // NaN is off
  }, 0);
  ok(worst <= tolerance, `${what} off by ${worst}: ${Array.from(actual)} for ${expected}`);
}
