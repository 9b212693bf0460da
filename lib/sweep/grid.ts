/** A grid: the experiments of a sweep, in the order in which they are run. @module */
import { CORPUS_NAMES } from "../corpora/info.ts";
import { foldCount, type ProtocolName } from "../corpora/protocols/protocol.ts";
import type { CorpusName } from "../corpora/types.ts";
import {
  type Experiment,
  experiment,
  type ExperimentParts,
  runName,
} from "../training/experiment.ts";
import { MODEL_NAMES, type ModelName } from "../models/catalogue.ts";
import { usualSeconds } from "./costs.ts";

/** A model as in the paper, by its name, or with other options. */
export type Variant = ModelName | {
  /** The name. */
  model: ModelName;
  /** Options that differ from the paper's. */
  modelOptions?: Readonly<Record<string, unknown>>;
};

/** A part of a grid: every combination of what it lists. */
export interface GridBlock {
  /** The networks. @default {all six} */
  models?: readonly Variant[];
  /** The corpora. @default {all} */
  corpora?: readonly CorpusName[];
  /** How they are divided. @default {"random"} */
  split?: ProtocolName;
  /** Which folds, from 1, where the split has folds. @default {all} */
  folds?: readonly number[];
  /** The seeds. @default {[0]} */
  seeds?: readonly number[];
  /** Which side of an utterance the zeros go to. @default {"before"} */
  padding?: "before" | "after";
  /** Passes over the training set. @default {the paper's of each model} */
  epochs?: number;
}

/**
 * The experiments of a grid: block after block, within a block the cheap ones first, each once.
 * @param blocks What the grid is made of.
 * @throws {TypeError} If a block or an experiment has a part that there is not.
 * @throws {RangeError} If a value is not accepted, or a corpus cannot be divided so.
 * @example Usage
 * ```ts
 * import { gridExperiments } from "ser/sweep/grid.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const grid = gridExperiments([
 *   { models: ["cnn", "sdnn"], corpora: ["savee"], seeds: [0, 1] },
 *   { models: ["sdnn"], corpora: ["savee"], split: "speaker-independent", folds: [4] },
 * ]);
 * const told = grid.map(({ model, seed, fold }) => [model, seed, fold]);
 * deepStrictEqual(told, [
 *   ["sdnn", 0, undefined],
 *   ["sdnn", 1, undefined],
 *   ["cnn", 0, undefined],
 *   ["cnn", 1, undefined],
 *   ["sdnn", 0, 4],
 * ]);
 * ```
 */
export function gridExperiments(blocks: readonly GridBlock[]): Experiment[] {
  const all = blocks.flatMap((block) =>
    blockExperiments(block).sort((a, b) => usualSeconds(a) - usualSeconds(b))
  );
  return [...new Map(all.map((each) => [runName(each), each])).values()];
}

const LISTS = ["models", "corpora", "folds", "seeds"];
const PARTS = [...LISTS, "split", "padding", "epochs"];

/** A grid may come from a file; what is in the lists is checked with each experiment. */
function checkBlock(block: GridBlock): void {
  for (const [name, value] of Object.entries(block)) {
    if (!PARTS.includes(name)) {
      throw new TypeError(
        `Cannot make the grid: expected parts among ${PARTS.join(", ")}, received "${name}"`,
      );
    }
    if (LISTS.includes(name) && !Array.isArray(value)) {
      throw new TypeError(
        `Cannot make the grid: expected ${name} to be a list, received ${JSON.stringify(value)}`,
      );
    }
  }
}

function blockExperiments(block: GridBlock): Experiment[] {
  checkBlock(block);
  const { models = MODEL_NAMES, corpora = CORPUS_NAMES, seeds = [0], split, padding, epochs } =
    block;
  const common: ExperimentParts = { split, padding, epochs };
  return models.map(partsOf).flatMap((variant) =>
    corpora.flatMap((corpus) =>
      foldsOf(block, corpus).flatMap((fold) =>
        seeds.map((seed) => experiment({ ...common, ...variant, corpus, fold, seed }))
      )
    )
  );
}

const partsOf = (variant: Variant): ExperimentParts =>
  typeof variant === "string" ? { model: variant } : variant;

/** The folds of a corpus; one undefined where the seed decides. */
function foldsOf(
  { split = "random", folds }: GridBlock,
  corpus: CorpusName,
): (number | undefined)[] {
  if (folds) return [...folds];
  const count = foldCount(split, corpus);
  return count === 0 ? [undefined] : Array.from({ length: count }, (_, i) => i + 1);
}
