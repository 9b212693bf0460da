/** The grids that have a name, as data. @module */
import type { CorpusName } from "../corpora/types.ts";
import { MODEL_NAMES } from "../training/models.ts";
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

/** Grids by name: that of the reference results, and the same on the speech that comes with the project. */
export const GRIDS = {
  reference: blocksOn(["ravdess", "savee"]),
  emodb: blocksOn(["emodb"]),
} as const satisfies Record<string, readonly GridBlock[]>;

/** The name of a grid. */
export type GridName = keyof typeof GRIDS;
