/** Dead ReLU units of trained networks, as a table for a notebook. @module */
import * as tf from "@tensorflow/tfjs";
import { deadUnits } from "../models/dead_units.ts";
import { MODELS } from "../models/catalogue.ts";
import { examplesOf, splitOf } from "../training/run_data.ts";
import { type Output, table } from "../notebook/output.ts";
import { percent } from "../support/percent.ts";
import type { TrainedRun } from "../notebook/train_here.ts";

/**
 * Channels of each ReLU layer that are zero for every training utterance at every time.
 * @param runs Runs of networks with ReLU layers, at least one.
 */
export async function deadUnitsTable(runs: readonly TrainedRun[]): Promise<Output> {
  const rows = [];
  for (const { run, model, dataset } of runs) {
    const split = splitOf(run.experiment, dataset);
    const { input } = MODELS[run.experiment.model];
    const shape = model.inputs[0].shape.slice(1) as number[];
    const { train, validation, test } = examplesOf(dataset, split, { input, shape });
    for (const { name, channels, dead, zeros } of await deadUnits(model, train.x as tf.Tensor3D)) {
      rows.push({
        "corpus": dataset.corpus.info.title,
        "layer": name,
        "channels": channels,
        "dead channels": dead,
        "values that are zero": percent(zeros),
      });
    }
    tf.dispose([train, validation, test].flatMap((part) => part?.x ?? []));
  }
  return table(rows);
}
