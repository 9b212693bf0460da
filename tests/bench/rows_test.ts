import { deepStrictEqual, ok, strictEqual, throws } from "node:assert/strict";
import type { Job, TrainingJob } from "ser/bench/job.ts";
import { corpusShape } from "ser/bench/random_dataset.ts";
import {
  chooseRows,
  labelled,
  type LabelledJob,
  ROW_NAMES,
  type RowName,
  rowOf,
} from "ser/bench/rows.ts";
import { MODELS } from "ser/models/catalogue.ts";

const SHAPE = corpusShape("ravdess");

function jobsOf(name: RowName): readonly LabelledJob[] {
  const row = rowOf(name);
  if (row.needs === "shape") return row.jobs(SHAPE);
  return row.needs === "audio" ? row.jobs(["a.wav", "b.wav"]) : row.jobs();
}

Deno.test("chooseRows() takes beginnings, whole names alone, and keeps the order", () => {
  deepStrictEqual(chooseRows(["epoch-cnn"]), ["epoch-cnn"]);
  deepStrictEqual(chooseRows(["epoch-c"]), ["epoch-cnn", "epoch-cnn-attention"]);
  deepStrictEqual(chooseRows(["start", "dbn", "start"]), ["dbn", "start"]);
  deepStrictEqual(chooseRows([]), ROW_NAMES);
  throws(() => chooseRows(["dbn", "epohc"]), { name: "RangeError", message: /received "epohc"/ });
});

Deno.test("there is an epoch row for each network but the DBN, which has its own", () => {
  const models = Object.keys(MODELS).filter((name) => name !== "dbn");
  deepStrictEqual(
    ROW_NAMES.filter((name) => name.startsWith("epoch-")).sort(),
    models.map((name) => `epoch-${name}`).sort(),
  );
  for (const name of models) {
    const [{ job }] = jobsOf(`epoch-${name}` as RowName);
    const { model, batchSize, warmUp, epochs } = job as TrainingJob;
    strictEqual(model, name);
    ok(batchSize === 32 && warmUp >= 2 && epochs >= 10);
  }
});

Deno.test("every row has names for its numbers that differ, under the labels of its jobs", () => {
  for (const name of ROW_NAMES) {
    const names = rowOf(name).metrics.map((metric) => metric.name);
    strictEqual(new Set(names).size, names.length, name);
    for (const { label } of jobsOf(name)) {
      ok(names.some((metric) => metric.startsWith(labelled(label, ""))), `${name} ${label}`);
    }
  }
});

Deno.test("the rows about growth multiply utterances or frames, not both", () => {
  const size = ({ shape }: TrainingJob) => [shape.train, shape.test, shape.frames];
  const sizes = Object.fromEntries(
    jobsOf("scaling-epoch").map(({ label, job }) => [label, size(job as TrainingJob)]),
  );
  deepStrictEqual(sizes, {
    "x1": [1152, 288, 228],
    "utterances x4": [4608, 1152, 228],
    "frames x4": [1152, 288, 912],
    "utterances x16": [18432, 4608, 228],
    "frames x16": [1152, 288, 3648],
  });
  const files = (job: Job) => job.work === "features" ? job.paths.length : 0;
  deepStrictEqual(jobsOf("scaling-features").map(({ job }) => files(job)), [2, 8, 32]);
});
