/** Random data in the shape of a corpus: how long an epoch takes does not depend on what was said. @module */
import { randomSplit, type Split } from "../corpora/splits.ts";
import { corpusInfo } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { RandomState } from "../support/random.ts";
import type { RunDataset } from "../training/run_data.ts";
import type { Shape } from "./job.ts";

const COEFFICIENTS = 40;

/**
 * The sizes of a corpus under the paper's split.
 * @param corpus One whose number of frames is known before its files are read.
 * @throws {RangeError} If it is not.
 * @example Usage
 * ```ts
 * import { corpusShape } from "ser/bench/random_dataset.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(corpusShape("savee"), {
 *   train: 384,
 *   test: 96,
 *   frames: 308,
 *   coefficients: 40,
 *   classes: 7,
 * });
 * ```
 */
export function corpusShape(corpus: CorpusName): Shape {
  const { utterances, frames, emotions, title } = corpusInfo(corpus);
  if (frames === undefined) {
    throw new RangeError(
      `Cannot make data in the shape of ${title}: expected a corpus of fixed frames, received one that is padded to its longest utterance`,
    );
  }
  const { train, test } = randomSplit(utterances, { seed: 0 });
  return {
    ...{ train: train.length, test: test.length, frames },
    ...{ coefficients: COEFFICIENTS, classes: emotions.length },
  };
}

/**
 * Makes random data with their split.
 * @param shape The sizes.
 * @returns Numbers uniform over [-1, 1), the same each time; the labels go around.
 */
export function randomDataset(shape: Shape): { dataset: RunDataset; split: Split } {
  const { train, test, frames, coefficients, classes } = shape;
  const n = train + test, random = new RandomState(0);
  const uniform = (length: number): Float32Array => {
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) values[i] = random.uint32() / 2 ** 31 - 1;
    return values;
  };
  const range = (from: number, to: number) =>
    Int32Array.from({ length: to - from }, (_, i) => from + i);
  const dataset = {
    corpus: { info: { name: "random" }, utterances: [] },
    ...{ x: uniform(n * frames * coefficients), means: uniform(n * coefficients) },
    ...{ frames, coefficients },
    labels: range(0, n).map((i) => i % classes),
    classes: Array.from({ length: classes }, (_, i) => `emotion ${i}`),
  };
  return { dataset, split: { train: range(0, train), test: range(train, n) } };
}
