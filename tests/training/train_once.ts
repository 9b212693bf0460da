/**
 * A program for kill_test.ts: one training that keeps a checkpoint after every epoch. Its arguments are
 * the folder of runs and the epochs; it prints a line of JSON for each epoch and for the end. @module
 */
import { loadDataset } from "ser/corpora/dataset.ts";
import { experiment } from "ser/training/experiment.ts";
import { trainOrLoad } from "ser/training/runs.ts";
import { numbersOf } from "./small.ts";

const [folder, epochs] = Deno.args;
const { run } = await trainOrLoad(
  experiment({ model: "cnn", corpus: "emodb", epochs: Number(epochs) }),
  await loadDataset("emodb"),
  {
    ...{ folder, saveEvery: 0 },
    onEpoch: ({ epoch }) => console.log(JSON.stringify({ epoch })),
    warn: (warning) => console.log(JSON.stringify({ warning })),
  },
);
const { predictions, history, data } = run, code = run.code?.training;
console.log(
  JSON.stringify({ name: run.name, predictions, history: numbersOf(history), data, code }),
);
