/** A training inside a notebook: a live line, the stop button, and what was stored before. @module */
import type * as tf from "@tensorflow/tfjs";
import type { Dataset } from "../corpora/dataset.ts";
import { corpusInfo } from "../corpora/info.ts";
import { curvePart } from "../corpora/protocols/protocol.ts";
import type { Experiment } from "../training/experiment.ts";
import { trainOrLoad } from "../training/runs.ts";
import type { RunResult } from "../training/stored_run.ts";
import { endOfCell, interruptSignal } from "./interrupt.ts";
import { trainingLine } from "./training_line.ts";
import { percent } from "../support/percent.ts";
import { checkOptions } from "../support/options.ts";

/** A finished run, the trained model, and the data that both belong to. */
export interface TrainedRun {
  run: RunResult;
  model: tf.LayersModel;
  dataset: Dataset;
}

/**
 * Shows the stored run of an experiment, or trains it: redraws one line while it runs, and stops
 * between two batches when the kernel is interrupted; run again, it goes on.
 * @param options `retrain` trains although a finished run is stored.
 * @throws {TrainingInterrupted} If the reader stopped it.
 */
export async function trainHere(
  experiment: Experiment,
  dataset: Dataset,
  options: { retrain?: boolean } = {},
): Promise<TrainedRun> {
  checkOptions("train here", options, "retrain");
  const part = curvePart(experiment);
  const line = trainingLine(undefined, part);
  const title = corpusInfo(experiment.corpus).title;
  let trained = false;
  try {
    const { run, model } = await trainOrLoad(experiment, dataset, {
      retrain: options.retrain,
      signal: interruptSignal(),
      warn: console.warn,
      onBatch: line.onBatch,
      onEpoch: (report) => {
        trained = true;
        line.onEpoch(report);
      },
    });
    const last = `last epoch: training ${percent(run.history.accuracy.at(-1)!)}, ${part} ${
      percent(run.history.testAccuracy.at(-1)!)
    }`;
    const how = trained ? "trained" : `stored run of ${run.finished.slice(0, 10)}`;
    const length = `${run.experiment.epochs} epochs in ${Math.round(run.seconds)} s`;
    await line.close(`${title}: ${how}, ${length} on ${run.backend} · ${last}`);
    return { run, model, dataset };
  } finally {
    endOfCell(); // what follows in the cell is not to be stopped by this signal
    await line.close();
  }
}
