import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { MODEL_NAMES } from "ser/models/catalogue.ts";
import { corpusShape, readWish } from "./mod.ts";
import {
  chooseRows,
  type FeaturesJob,
  type Job,
  ROW_NAMES,
  type RowName,
  rowOf,
  type TrainingJob,
} from "./rows.ts";

const SHAPE = corpusShape("ravdess")!;

function jobsOf<T extends Job>(name: RowName): Record<string, T> {
  const { jobs } = rowOf(name);
  if ("alone" in jobs) return jobs.alone as Record<string, T>;
  const made = "onShape" in jobs ? jobs.onShape(SHAPE) : jobs.onFiles(["a.wav", "b.wav"]);
  return made as Record<string, T>;
}

Deno.test("corpusShape() has the paper's sizes", () => {
  // sections 4.1 and 4.2: 80 % of 1440, 228 frames of 40 coefficients, 8 emotions
  deepStrictEqual(SHAPE, { train: 1152, test: 288, frames: 228, coefficients: 40, classes: 8 });
});

Deno.test("chooseRows() takes beginnings, whole names alone, and keeps the order", () => {
  deepStrictEqual(chooseRows(["epoch-cnn"]), ["epoch-cnn"]);
  deepStrictEqual(chooseRows(["epoch-c"]), ["epoch-cnn", "epoch-cnn-attention"]);
  deepStrictEqual(chooseRows(["start", "dbn", "start"]), ["dbn", "start"]);
  deepStrictEqual(chooseRows([]), ROW_NAMES);
});

Deno.test("readWish() takes everything three times on both corpora by default", () => {
  deepStrictEqual(readWish({}, []), {
    ...{ rows: ROW_NAMES, corpora: ["ravdess", "savee"], peer: false, rounds: 3 },
  });
  const wish = readWish({ corpus: "emodb", peer: true, rounds: "12" }, ["features-1"]);
  deepStrictEqual(wish, { rows: ["features-1"], corpora: ["emodb"], peer: true, rounds: 12 });
});

Deno.test("readWish() says what it expected", () => {
  const wrong: [values: Record<string, unknown>, words: string[], message: RegExp][] = [
    [{ corpus: "timit" }, [], /Expected --corpus both, ravdess, savee, emodb, received "timit"/],
    [{ rounds: "0" }, [], /whole number from 1, received "0"/],
    [{ rounds: "1.5" }, [], /received "1.5"/],
    [{}, ["dbn", "epohc"], /expected beginnings of epoch-sdnn, .* received "epohc"/],
  ];
  for (const [values, words, message] of wrong) {
    throws(() => readWish(values, words), { name: "UsageError", message });
  }
});

Deno.test("there is an epoch row for each network but the DBN, which has its own", () => {
  const jobs = ROW_NAMES.filter((name) => name.startsWith("epoch-"))
    .map((name) => jobsOf<TrainingJob>(name)[""]);
  const models = MODEL_NAMES.filter((name) => name !== "dbn");
  deepStrictEqual(jobs.map(({ model }) => model).sort(), models.sort());
  ok(jobs.every((job) => job.batchSize === 32 && job.warmUp >= 2 && job.epochs >= 10));
});

Deno.test("the rows about growth multiply utterances or frames, not both", () => {
  const jobs = Object.entries(jobsOf<TrainingJob>("scaling-epoch"));
  const sizes = jobs.map(([label, { shape }]) => [label, [shape.train, shape.test, shape.frames]]);
  deepStrictEqual(Object.fromEntries(sizes), {
    "x1: ": [1152, 288, 228],
    "utterances x4: ": [4608, 1152, 228],
    "frames x4: ": [1152, 288, 912],
    "utterances x16: ": [18432, 4608, 228],
    "frames x16: ": [1152, 288, 3648],
  });
  const files = Object.values(jobsOf<FeaturesJob>("scaling-features"));
  deepStrictEqual(files.map(({ paths }) => paths.length), [2, 8, 32]);
});
