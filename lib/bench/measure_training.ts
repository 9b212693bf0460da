/** Measures the training of a network, in a process of its own. @module */
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "../mod.ts"; // all of the library, as a notebook imports it
import { buildModel, completeOptions, MODELS } from "../models/catalogue.ts";
import { predictProbabilities } from "../training/predict.ts";
import { examplesOf } from "../training/run_data.ts";
import { TRAININGS } from "../training/trainings.ts";
import type { Measurement, StartedJob, TrainingJob } from "./job.ts";
import { randomDataset } from "./random_dataset.ts";
import { cpuSeconds, moment, peakMemory, secondsSince } from "./resources.ts";
import { median } from "./statistics.ts";

/** Predictions of a single utterance that do not count, and that do. */
const PREDICTIONS = { warmUp: 5, counted: 30 };

/**
 * Measures seconds per epoch, the way to the end of the first one, a prediction, and peak memory.
 * Making the random data counts nowhere.
 * @param job What to train.
 */
export async function measure(job: StartedJob<TrainingJob>): Promise<Measurement> {
  const { device } = await loadBackend();
  const importSeconds = secondsSince(job.spawned);
  const { shape: { frames, coefficients, classes }, batchSize, learningRate, warmUp } = job;
  const { input } = MODELS[job.model], options = completeOptions(job.model, {});

  const building = moment();
  const model = buildModel(job.model, { frames, coefficients, classes }, options, 0);
  const buildSeconds = moment().wall - building.wall;

  const { dataset, split } = randomDataset(job.shape, input);
  const inputShape = model.inputs[0].shape.slice(1) as number[];
  const data = examplesOf(dataset, split, { input, shape: inputShape });

  const marks = [moment()];
  await TRAININGS[job.model].fit(model, data, {
    ...{ seed: 0, epochs: warmUp + job.epochs, batchSize },
    learningRate: [{ from: 0, rate: learningRate }],
    onEpoch: () => {
      marks.push(moment());
    },
  }, options);
  const took = (clock: "wall" | "cpu") =>
    marks.slice(1).map((mark, i) => mark[clock] - marks[i][clock]);
  const [firstEpochSeconds] = took("wall");
  return {
    values: {
      epochSeconds: median(took("wall").slice(warmUp)),
      epochCpuSeconds: median(took("cpu").slice(warmUp)),
      firstEpochSeconds,
      importSeconds,
      startSeconds: importSeconds + buildSeconds + firstEpochSeconds,
      utteranceMs: await predictionMs(model, data.test.x),
      ...peakMemory(),
    },
    same: { parameters: model.countParams() },
    versions: { deno: Deno.version.deno, tensorflowjs: tf.version.tfjs, backend: device },
    cpuSeconds: cpuSeconds(),
  };
}

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
