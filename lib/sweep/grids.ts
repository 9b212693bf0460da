/** The grids that have a name, as data. @module */
import type { CorpusName } from "../corpora/types.ts";
import { MODEL_NAMES } from "../models/catalogue.ts";
import type { GridBlock, Variant } from "./grid.ts";

/** The paper's three ablations (4.3). */
export const ABLATIONS: readonly Variant[] = [
  { model: "cnn", modelOptions: { padding: "same" } },
  { model: "cnn", modelOptions: { padding: "same", activation: "leaky-relu" } },
  { model: "cnn-attention", modelOptions: { dropoutLayers: 0 } },
];

const OF_TABLE_2: readonly Variant[] = [...MODEL_NAMES, ...ABLATIONS];

/** What tells most comes first: every model once, then new speakers, then how far seeds differ. */
const blocksOn = (corpora: readonly CorpusName[]): GridBlock[] => [
  { models: OF_TABLE_2, corpora, seeds: [0] },
  { models: MODEL_NAMES, corpora, split: "speaker-independent", seeds: [0] },
  ...[1, 2, 3, 4].map((seed) => ({ models: OF_TABLE_2, corpora, seeds: [seed] })),
];

const TEXT_KERNELS: Variant = { model: "cnn-attention", modelOptions: { kernelSizes: "text" } };
const FOURTH_DROPOUT: Variant = { model: "cnn-attention", modelOptions: { dropoutLayers: 4 } };

/**
 * Where the paper can be read in two ways: each other reading on its own, and the usual one with the
 * same seeds.
 */
const readingsOn = (corpora: readonly CorpusName[], seeds: readonly number[]): GridBlock[] => [
  {
    models: [
      ...["cnn", "cnn-attention", "lstm"] as const,
      ...[TEXT_KERNELS, FOURTH_DROPOUT],
      { model: "cnn-attention", modelOptions: { score: "dot" } },
      { model: "cnn", modelOptions: { kernelSizes: "text" } },
    ],
    ...{ corpora, seeds },
  },
  {
    models: [
      ...["cnn-attention", "lstm"] as const,
      { model: "cnn-attention", modelOptions: { masking: true } },
      { model: "lstm", modelOptions: { masking: true } },
    ],
    ...{ corpora, seeds, padding: "after" },
  },
];

/** Grids by name: those of the reference results, and the same on the speech that comes with the project. */
export const GRIDS = {
  reference: blocksOn(["ravdess", "savee"]),
  emodb: blocksOn(["emodb"]),
  "close-reading": [
    ...readingsOn(["savee"], [0, 1, 2]),
    { models: ["cnn-attention", TEXT_KERNELS, FOURTH_DROPOUT, "lstm"], corpora: ["ravdess"] },
    { models: ["lstm"], corpora: ["ravdess"], padding: "after" },
  ],
  "close-reading-emodb": readingsOn(["emodb"], [0, 1, 2]),
} as const satisfies Record<string, readonly GridBlock[]>;

/** The name of a grid. */
export type GridName = keyof typeof GRIDS;

/** The grids whose results come with the project. */
export const REFERENCE_GRIDS: readonly GridName[] = ["reference", "close-reading"];
