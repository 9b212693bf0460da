/**
 * What one process of the benchmark is told, and what it says at its end. Job and answer are JSON, the
 * same for Deno (worker.ts) and for Python (tests/bench/run.py). @module
 */
import type { ModelName } from "../models/catalogue.ts";

/** Sizes of a data set; the numbers in it are random. */
export interface Shape {
  /** Utterances to train on. */
  train: number;
  /** Utterances that are looked at after each epoch. */
  test: number;
  /** Frames per utterance. */
  frames: number;
  /** MFCCs per frame. */
  coefficients: number;
  /** Number of emotions. */
  classes: number;
}

/** Trains a network by its epochs. */
export interface TrainingJob {
  work: "training";
  /** Which network. */
  model: Exclude<ModelName, "dbn">;
  shape: Shape;
  batchSize: number;
  learningRate: number;
  /** Utterances at a time when the test set is looked at. */
  testBatchSize: number;
  /** Epochs before those that count. */
  warmUp: number;
  /** Epochs that count. */
  epochs: number;
}

/** Pretrains and fine-tunes the deep belief network. */
export interface DbnJob {
  work: "dbn";
  shape: Shape;
  batchSize: number;
  /** Passes over the training set for each hidden layer. */
  pretrainingEpochs: number;
  /** Passes of fine-tuning. */
  epochs: number;
}

/** Takes the MFCCs of sound files. */
export interface FeaturesJob {
  work: "features";
  /** The files, in order; one may come several times. */
  paths: string[];
  /** Processes or threads at work; null for one per core. */
  workers: number | null;
  /** Whether to time decoding, resampling and MFCCs apart as well, in a second pass. */
  parts: boolean;
}

/** Starts `deno task paper` up to the first cell. */
export interface StartJob {
  work: "start";
}

/** One process's work. */
export type Job = TrainingJob | DbnJob | FeaturesJob | StartJob;

/** A job that is being run. */
export type StartedJob<T extends Job = Job> = T & {
  /** When its process was started, in ms since 1970. */
  spawned: number;
};

/** What a process says at its end. */
export interface Measurement {
  /** What was measured, by the names of rows.ts. */
  values: Record<string, number>;
  /** What must be equal on both sides, for example the number of parameters. */
  same: Record<string, number>;
  /** Versions of what did the work. */
  versions: Record<string, string>;
  /** Processor seconds of the process with its threads and children; null if it cannot tell. */
  cpuSeconds: number | null;
}

/**
 * Reads the answer of a process: the last line of its output that is JSON.
 * @param output Standard output.
 * @throws {SyntaxError} If there is none, or it lacks a part.
 * @example Usage
 * ```ts
 * import { readMeasurement } from "ser/bench/job.ts";
 * import { strictEqual } from "node:assert/strict";
 * const text = '{"values":{"seconds":2.5},"same":{},"versions":{},"cpuSeconds":3}';
 * strictEqual(readMeasurement(`a warning\n${text}\n`).values.seconds, 2.5);
 * ```
 */
export function readMeasurement(output: string): Measurement {
  const line = output.split("\n").findLast((line) => line.startsWith("{"));
  if (line === undefined) {
    throw new SyntaxError(
      `Cannot read the measurement: expected a line of JSON, received ${
        JSON.stringify(output.slice(-200))
      }`,
    );
  }
  const { values, same, versions, cpuSeconds }: Measurement = JSON.parse(line);
  const whole = isRecord(values, "number") && isRecord(same, "number") &&
    isRecord(versions, "string") && (cpuSeconds === null || typeof cpuSeconds === "number");
  if (whole) return { values, same, versions, cpuSeconds };
  throw new SyntaxError(
    `Cannot read the measurement: expected numbers in values and same, texts in versions, and cpuSeconds, received ${line}`,
  );
}

/** Whether a value is an object with values of one type. */
export function isRecord(value: unknown, type: "number" | "string"): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === type);
}
