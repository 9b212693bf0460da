/**
 * Measures the training of networks on random numbers: how long an epoch takes does not depend on what
 * was said. training.py and deep_belief.py do the peer's. @module
 */
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "ser"; // all of the library, as a notebook imports it
import type { Split } from "ser/corpora/splits.ts";
import { quantile } from "ser/evaluation/quantile.ts";
import { buildModel, completeOptions, MODELS } from "ser/models/catalogue.ts";
import { RandomState } from "ser/support/random.ts";
import { trainDbn } from "ser/training/dbn.ts";
import { predictProbabilities } from "ser/training/predict.ts";
import { examplesOf, type RunDataset, type View } from "ser/training/run_data.ts";
import { TRAININGS } from "ser/training/trainings.ts";
import { cpuSeconds, type Moment, moment, peakMemory } from "./clocks.ts";
import type { Measurement } from "./rounds.ts";
import type { DbnJob, Shape, TrainingJob } from "./rows.ts";

/** Predictions of a single utterance that do not count, and that do. */
const PREDICTIONS = { warmUp: 5, counted: 30 };

const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * Measures seconds per epoch, the way to the end of the first one, a prediction, and peak memory.
 * Making the random data counts nowhere.
 */
export async function measureTraining(
  job: TrainingJob & { spawned: number },
): Promise<Measurement> {
  const { device } = await loadBackend();
  const importSeconds = (Date.now() - job.spawned) / 1000;
  const { shape, batchSize, learningRate, warmUp } = job;
  const options = completeOptions(job.model, {}), { input } = MODELS[job.model];

  const building = moment();
  const { frames, coefficients, classes } = shape;
  const model = buildModel(job.model, { frames, coefficients, classes }, options, 0);
  const buildSeconds = moment().wall - building.wall;

  const { dataset, split } = randomDataset(shape, input);
  const data = examplesOf(dataset, split, {
    ...{ input, shape: model.inputs[0].shape.slice(1) as number[] },
  });
  const marks = [moment()];
  await TRAININGS[job.model].fit(model, data, {
    ...{ seed: 0, epochs: warmUp + job.epochs, batchSize },
    learningRate: [{ from: 0, rate: learningRate }],
    onEpoch: () => {
      marks.push(moment());
    },
  }, options);
  const took = (clock: keyof Moment) =>
    marks.slice(1).map((mark, i) => mark[clock] - marks[i][clock]);
  const [firstEpochSeconds] = took("wall");
  return measurement(device, model, {
    epochSeconds: median(took("wall").slice(warmUp)),
    epochCpuSeconds: median(took("cpu").slice(warmUp)),
    firstEpochSeconds,
    importSeconds,
    startSeconds: importSeconds + buildSeconds + firstEpochSeconds,
    utteranceMs: await predictionMs(model, data.test.x),
  });
}

/** Measures pretraining and fine-tuning. After each epoch of fine-tuning both sets are looked at. */
export async function measureDbn(job: DbnJob): Promise<Measurement> {
  const { device } = await loadBackend();
  const { dataset, split } = randomDataset(job.shape, "means");
  const shape = [job.shape.coefficients];
  const data = examplesOf(dataset, split, { input: "means", scaling: "minmax", shape });
  const model = buildModel("dbn", job.shape, completeOptions("dbn", {}), 0);

  const start = moment();
  let pretrained: Moment = start;
  await trainDbn(model, data, {
    ...{ epochs: job.epochs, pretrainingEpochs: job.pretrainingEpochs, batchSize: job.batchSize },
    onPretrainEpoch: () => {
      pretrained = moment();
    },
  });
  const end = moment();
  return measurement(device, model, {
    runSeconds: end.wall - start.wall,
    runCpuSeconds: end.cpu - start.cpu,
    pretrainingSeconds: pretrained.wall - start.wall,
    fineTuningSeconds: end.wall - pretrained.wall,
  });
}

const measurement = (
  backend: string,
  model: tf.LayersModel,
  values: Record<string, number>,
): Measurement => ({
  values: { ...values, ...peakMemory() },
  same: { parameters: model.countParams() },
  versions: { deno: Deno.version.deno, tensorflowjs: tf.version.tfjs, backend },
  cpuSeconds: cpuSeconds(),
});

/** Milliseconds from one utterance to its probabilities. */
async function predictionMs(model: tf.LayersModel, x: tf.Tensor): Promise<number> {
  const one = x.slice(0, 1), times: number[] = [];
  for (let i = 0; i < PREDICTIONS.warmUp + PREDICTIONS.counted; i++) {
    const start = performance.now();
    await predictProbabilities(model, one);
    times.push(performance.now() - start);
  }
  return median(times.slice(PREDICTIONS.warmUp));
}

/**
 * Random data with their split: numbers uniform over [-1, 1), the same each time; the labels go around.
 * What the network does not read is left empty, so that it takes no memory.
 */
export function randomDataset(
  { train, test, frames, coefficients, classes }: Shape,
  input: View["input"],
): { dataset: RunDataset; split: Split } {
  const n = train + test, random = new RandomState(0);
  const uniform = (length: number) =>
    Float32Array.from({ length }, () => random.uint32() / 2 ** 31 - 1);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const dataset = {
    corpus: { info: { name: "random" }, utterances: [] },
    x: uniform(input === "frames" ? n * frames * coefficients : 0),
    means: uniform(input === "means" ? n * coefficients : 0),
    ...{ frames, coefficients },
    labels: order.map((i) => i % classes),
    classes: Array.from({ length: classes }, (_, i) => `emotion ${i}`),
  };
  return { dataset, split: { train: order.slice(0, train), test: order.slice(train) } };
}
