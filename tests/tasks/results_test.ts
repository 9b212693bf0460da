import { match, ok, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { storedResults } from "ser/tasks/results.ts";
import { experiment } from "ser/training/experiment.ts";
import { writeRun } from "ser/training/stored_run.ts";

/** Stores a run of two test utterances, one of them right. */
async function store(folder: string, seed: number, epochs: number): Promise<void> {
  await tf.setBackend("cpu");
  const history = { loss: [], accuracy: [], testLoss: [], testAccuracy: [], seconds: [] };
  const prediction = { id: "a", label: 0, predicted: 0, probabilities: [1, 0] };
  await writeRun(join(folder, `seed${seed}-${epochs}`), {
    name: `seed${seed}-${epochs}`,
    experiment: experiment({ corpus: "emodb", seed, epochs }),
    data: {
      ...{ corpus: "emodb", classes: ["anger", "fear"], trainCounts: [3, 5], train: 8, test: 2 },
      hash: "",
    },
    history,
    predictions: [prediction, { ...prediction, id: "b", label: 1 }],
    ...{ parameters: 1, backend: "cpu", versions: {}, started: "", finished: "", seconds: 1 },
  }, tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] }));
}

Deno.test("storedResults() shows full runs of the corpora in use, in the order of their seeds", async () => {
  const folder = await Deno.makeTempDir();
  await store(folder, 1, 250);
  await store(folder, 0, 250);
  await store(folder, 0, 20);
  const text = await storedResults(["emodb"], { quick: false, folder });
  const rows = text.split("\n").filter((line) => line.startsWith("emodb"));
  strictEqual(rows.length, 2);
  match(rows[0], /CNN-ATN .* 50\.0 +1 of 2 .* 0 +250$/);
  match(rows[1], / 1 +250$/);
  ok(!(await storedResults(["savee"], { quick: false, folder })).includes("emodb"));
  match(await storedResults(["emodb"], { quick: true, folder }), /they mean nothing[^]* 0 +20\n/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("storedResults() says when there is nothing, and what is damaged", async () => {
  const folder = await Deno.makeTempDir();
  match(await storedResults(["emodb"], { quick: false, folder }), /No finished run is stored yet/);
  await Deno.mkdir(join(folder, "x"));
  await Deno.writeTextFile(join(folder, "x", "run.json"), "{");
  match(await storedResults(["emodb"], { quick: false, folder }), /Cannot read the stored run/);
  await Deno.remove(folder, { recursive: true });
});
