/** Loading a corpus and training on it, shown on one line. @module */
import { loadBackend } from "../backend/load.ts";
import { type Dataset, type DatasetOptions, loadDataset } from "../corpora/dataset.ts";
import { curvePart } from "../corpora/protocols/protocol.ts";
import type { CorpusName } from "../corpora/types.ts";
import { interruptSignal } from "../notebook/interrupt.ts";
import { LiveLine, progressOn } from "../notebook/live.ts";
import { trainingLine } from "../notebook/training_line.ts";
import type { Experiment } from "../training/experiment.ts";
import { type RunOptions, trainOrLoad } from "../training/runs.ts";

/** Names the back end, and loads a corpus. */
export async function loadShown(corpus: CorpusName, options: DatasetOptions): Promise<Dataset> {
  console.error((await loadBackend()).line);
  const line = new LiveLine();
  const progress = progressOn(line);
  const dataset = await loadDataset(corpus, { ...options, progress, warn: console.warn });
  await line.close();
  return dataset;
}

/** `trainOrLoad`, until it is interrupted. */
export async function trainShown(
  wanted: Experiment,
  dataset: Dataset,
  options: RunOptions = {},
): ReturnType<typeof trainOrLoad> {
  const { onBatch, onEpoch, close } = trainingLine(undefined, curvePart(wanted));
  const shown = { onBatch, onEpoch, warn: console.warn, signal: interruptSignal() };
  return await trainOrLoad(wanted, dataset, { ...options, ...shown }).finally(() => close());
}
