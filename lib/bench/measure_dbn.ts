/** Measures a whole training of the deep belief network, in a process of its own. @module */
import * as tf from "@tensorflow/tfjs";
import { dbnNetwork, loadBackend } from "../mod.ts";
import { trainDbn } from "../training/dbn.ts";
import { examplesOf, type View } from "../training/run_data.ts";
import type { DbnJob, Measurement, StartedJob } from "./job.ts";
import { randomDataset } from "./random_dataset.ts";
import { cpuSeconds, type Moment, moment, peakMemory } from "./resources.ts";

/**
 * Measures pretraining and fine-tuning. After each epoch of fine-tuning both sets are looked at.
 * @param job How long to train.
 */
export async function measure(job: StartedJob<DbnJob>): Promise<Measurement> {
  const { device } = await loadBackend();
  const { coefficients, classes } = job.shape;
  const { dataset, split } = randomDataset(job.shape);
  const view: View = { input: "means", scaling: "minmax", shape: [coefficients] };
  const data = examplesOf(dataset, split, view);
  const model = dbnNetwork({ coefficients, classes });

  const start = moment();
  let pretrained: Moment = start;
  await trainDbn(model, data, {
    ...{ epochs: job.epochs, pretrainingEpochs: job.pretrainingEpochs, batchSize: job.batchSize },
    onPretrainEpoch: () => {
      pretrained = moment();
    },
  });
  const end = moment();
  return {
    values: {
      runSeconds: end.wall - start.wall,
      runCpuSeconds: end.cpu - start.cpu,
      pretrainingSeconds: pretrained.wall - start.wall,
      fineTuningSeconds: end.wall - pretrained.wall,
      ...peakMemory(),
    },
    same: { parameters: model.countParams() },
    versions: { deno: Deno.version.deno, tensorflowjs: tf.version.tfjs, backend: device },
    cpuSeconds: cpuSeconds(),
  };
}
