import * as tf from "@tensorflow/tfjs";
import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { loadBackend } from "ser/backend/load.ts";
import { thisMachine } from "ser/support/machine.ts";
import { EMODB_SENTENCES } from "ser/corpora/emodb.ts";
import { corpusInfo } from "ser/corpora/info.ts";
import { RandomState } from "ser/support/random.ts";
import { codeVersion } from "ser/support/code_version.ts";
import { loadCheckpoint, saveCheckpoint } from "ser/training/checkpoint.ts";
import { experiment, type ExperimentParts, runName } from "ser/training/experiment.ts";
import { TrainingInterrupted } from "ser/training/fit.ts";
import { takeLock } from "ser/support/lock.ts";
import { predictProbabilities } from "ser/training/predict.ts";
import { type RunDataset, splitOf } from "ser/training/run_data.ts";
import { type RunOptions, trainOrLoad } from "ser/training/runs.ts";
import { readRun, storedRuns, writeRun } from "ser/training/stored_run.ts";
import { CLASSES, COEFFICIENTS, FRAMES, numbersOf, smallModel, smallNumbers } from "./small.ts";

await loadBackend();

const EXPERIMENT = experiment({ corpus: "emodb", seed: 2, epochs: 5, batchSize: 16 });
const NAME = runName(EXPERIMENT);
const BATCHES = 5 * 3; // 48 of 60 utterances, 16 at a time

function dataset(ids = "u"): RunDataset {
  const { speakers } = corpusInfo("emodb"), sentences = Object.values(EMODB_SENTENCES);
  const utterances = Array.from({ length: 60 }, (_, i) => ({
    id: `${ids}${i}`,
    speaker: speakers[i % 10],
    sentence: sentences[i % 10],
  }));
  return {
    corpus: { info: { name: "emodb" }, utterances },
    ...smallNumbers(60, 1),
    means: new Float32Array(60 * COEFFICIENTS),
    frames: FRAMES,
    coefficients: COEFFICIENTS,
    classes: ["anger", "neutral", "sadness"],
  };
}

/** Calls `trainOrLoad` in a folder of runs and keeps the warnings. */
async function call(folder: string, options: RunOptions = {}, data = dataset()) {
  const warnings: string[] = [];
  let epochs = 0;
  const result = await trainOrLoad(EXPERIMENT, data, {
    folder,
    build: () => smallModel(2),
    warn: (message) => warnings.push(message),
    onEpoch: () => void epochs++,
    ...options,
  });
  return { ...result, warnings, epochs };
}

/** A call that is stopped at a batch, counted from the start of this call. */
async function stopped(folder: string, batch: number, options: RunOptions = {}) {
  const controller = new AbortController();
  let batches = 0;
  const onBatch = () => {
    if (++batches === batch) controller.abort();
  };
  let caught: unknown;
  await call(folder, { ...options, onBatch, signal: controller.signal }).catch((error) =>
    caught = error
  );
  ok(caught instanceof TrainingInterrupted, String(caught));
  return caught;
}

const newFolder = () => Deno.makeTempDir();
const filesOf = (folder: string) =>
  [...Deno.readDirSync(join(folder, NAME))].map((e) => e.name).sort();

const whole = await call(await newFolder());

Deno.test("trainOrLoad() trains once and returns the stored run with its weights afterwards", async () => {
  const folder = await newFolder();
  const first = await call(folder), second = await call(folder);
  deepStrictEqual([first.epochs, second.epochs], [5, 0]);
  deepStrictEqual(second.run, first.run);
  deepStrictEqual([...first.warnings, ...second.warnings], []);
  const x = tf.tensor3d(dataset().x, [60, FRAMES, COEFFICIENTS]);
  deepStrictEqual(
    await predictProbabilities(second.model, x),
    await predictProbabilities(first.model, x),
  );
  deepStrictEqual(filesOf(folder), ["lock", "run.json", first.run.weights].sort());
});

Deno.test("trainOrLoad() stores what a reader and a table need", () => {
  const { run } = whole;
  strictEqual(run.name, NAME);
  deepStrictEqual(run.experiment, EXPERIMENT);
  strictEqual(run.history.loss.length, 5);
  strictEqual(run.predictions.length, 12);
  strictEqual(run.data.train + run.data.test, 60);
  deepStrictEqual(run.data.trainCounts.reduce((sum, n) => sum + n, 0), 48);
  const right = run.predictions.filter(({ label, predicted }) => label === predicted).length;
  strictEqual(right / 12, run.history.testAccuracy[4]);
  for (const { id, label, predicted, probabilities } of run.predictions) {
    strictEqual(label, Number(id.slice(1)) % CLASSES);
    strictEqual(probabilities.indexOf(Math.max(...probabilities)), predicted);
    ok(Math.abs(probabilities.reduce((sum, p) => sum + p, 0) - 1) < 3e-6); // three roundings to 1e-6
  }
  strictEqual(run.parameters, whole.model.countParams());
  match(run.backend, /^(native|webgpu|wasm|cpu) \(.+\)$/);
  ok(run.started <= run.finished && run.seconds > 0);
  deepStrictEqual(run.machine, thisMachine());
});

Deno.test("trainOrLoad() stores the version of the code", async () => {
  deepStrictEqual(whole.run.code, await codeVersion());
});

/** Trains with another split; gives the run, its model and the labels by name. */
async function divided(parts: ExperimentParts) {
  const data = dataset(), folder = await newFolder();
  const options = { folder, build: () => smallModel(2) };
  const wanted = experiment({ ...EXPERIMENT, ...parts });
  return { ...await trainOrLoad(wanted, data, options), wanted, data, options };
}

Deno.test("trainOrLoad() looks at the validation part after each epoch, at the test part in the end", async () => {
  const { run, model, wanted, data } = await divided({ split: "stratified" });
  const { validation, test } = splitOf(wanted, data);
  deepStrictEqual([run.data.train, run.data.validation, run.data.test], [38, 10, 12]);
  deepStrictEqual(run.predictions.map(({ id }) => id), Array.from(test, (i) => `u${i}`));
  const size = FRAMES * COEFFICIENTS;
  const rightOf = async (part: Int32Array) => {
    const x = Array.from(part, (i) => [...data.x.subarray(i * size, (i + 1) * size)]).flat();
    const input = tf.tensor3d(x, [part.length, FRAMES, COEFFICIENTS]);
    const answers = await predictProbabilities(model, input);
    return part.filter((i, k) => {
      const row = answers.subarray(k * CLASSES, (k + 1) * CLASSES);
      return row.indexOf(Math.max(...row)) === data.labels[i];
    }).length;
  };
  strictEqual(run.history.testAccuracy.at(-1), await rightOf(validation!) / 10);
  const right = run.predictions.filter(({ label, predicted }) => label === predicted).length;
  strictEqual(right, await rightOf(test));
});

Deno.test("trainOrLoad() trains a fold, and takes no stored run of other folds for it", async () => {
  const parts = { split: "speaker-independent", fold: 2 } as const;
  const { run, data, wanted, options } = await divided(parts);
  const tested = Array.from({ length: 60 }, (_, i) => i).filter((i) =>
    ["10", "09"].includes(data.corpus.utterances[i].speaker)
  );
  deepStrictEqual(run.predictions.map(({ id }) => id), tested.map((i) => `u${i}`));
  deepStrictEqual((await trainOrLoad(wanted, data, options)).run, run);
  const moved = dataset(); // the same names and labels, but others speak
  moved.corpus.utterances.forEach((utterance, i) =>
    utterance.speaker = data.corpus.utterances[(i + 1) % 60].speaker
  );
  await rejects(trainOrLoad(wanted, moved, options), {
    name: "TypeError",
    message:
      /expected predictions for the test part of "new speakers, fold 2 of 5", received some for other utterances/,
  });
});

Deno.test("trainOrLoad() takes a run of a version that stored neither code, machine nor features", async () => {
  const folder = await newFolder();
  const { run, model } = await call(folder);
  const { code: _, machine: __, weights: ___, ...old } = run;
  delete old.data.features;
  await writeRun(join(folder, NAME), old, model);
  const { run: { weights: ____, ...again }, epochs, warnings } = await call(folder);
  deepStrictEqual([again, epochs], [old, 0]);
  match(warnings.join(), /did not say what its features were; .* train again with retrain: true$/);
});

Deno.test("trainOrLoad() stopped at random batches ends like an uninterrupted run, bit for bit", async () => {
  const random = new RandomState(4);
  for (let trial = 0; trial < 4; trial++) {
    const folder = await newFolder();
    const first = await stopped(folder, 1 + random.integer(BATCHES - 2));
    if (first.epoch < 4) await stopped(folder, 1 + random.integer(2), { saveEvery: 0 });
    const { run, warnings } = await call(folder);
    deepStrictEqual(numbersOf(run.history), numbersOf(whole.run.history));
    deepStrictEqual(run.predictions, whole.run.predictions);
    deepStrictEqual(warnings, []);
  }
});

Deno.test("trainOrLoad() says how to go on after a stop, and goes on from the last whole epoch", async () => {
  const folder = await newFolder();
  match(
    (await stopped(folder, 2)).message,
    /after 0 of 5 epochs: run the same again to start over/,
  );
  const { message } = await stopped(folder, 8); // third batch of the third epoch
  match(
    message,
    /^Training stopped after 2 of 5 epochs: the state after them is kept in .*; run the same again to go on/,
  );
  deepStrictEqual(filesOf(folder), ["checkpoint.bin", "lock"]);
  strictEqual((await call(folder)).epochs, 3);
});

Deno.test("trainOrLoad() with a damaged checkpoint warns, sets it aside and starts anew", async () => {
  const folder = await newFolder();
  await stopped(folder, 8);
  const path = join(folder, NAME, "checkpoint.bin");
  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.subarray(0, 200));
  const { run, warnings, epochs } = await call(folder);
  strictEqual(epochs, 5);
  deepStrictEqual(numbersOf(run.history), numbersOf(whole.run.history));
  match(warnings.join(), /Cannot read the checkpoint .* set aside as checkpoint\.bin\.aside-1/);
  deepStrictEqual(
    await Deno.readFile(join(folder, NAME, "checkpoint.bin.aside-1")),
    bytes.slice(0, 200),
  );
});

Deno.test("trainOrLoad() trains again when run.json or the weights are damaged, and loses nothing", async () => {
  for (const damage of ["run.json", "weights", "no weights"]) {
    const folder = await newFolder();
    const { run } = await call(folder);
    const path = join(folder, NAME, damage === "run.json" ? damage : run.weights);
    const text = await Deno.readFile(path);
    if (damage === "no weights") await Deno.remove(path);
    else {await Deno.writeFile(
        path,
        text.map((byte, i) => i === text.length >> 1 ? byte ^ 1 : byte),
      );}
    const again = await call(folder);
    strictEqual(again.epochs, 5);
    deepStrictEqual(numbersOf(again.run.history), numbersOf(run.history));
    strictEqual(again.warnings.length, 1);
    match(again.warnings[0], /set aside as run\.json\.aside-1/);
    ok(filesOf(folder).includes("run.json.aside-1"));
    strictEqual(filesOf(folder).includes(`${run.weights}.aside-1`), damage !== "no weights");
    strictEqual((await call(folder)).epochs, 0); // and is whole now
  }
});

Deno.test("trainOrLoad() refuses a stored run of other data, unless told to train again", async () => {
  const folder = await newFolder();
  const { run } = await call(folder);
  await rejects(call(folder, {}, dataset("other")), {
    name: "TypeError",
    message:
      /expected one of this experiment on 60 utterances of emodb \(data [0-9a-f]{8}\), received one on .*; move the folder away, or train again with retrain: true/,
  });
  deepStrictEqual(await readRun(join(folder, NAME)), run);
  const other = await call(folder, { retrain: true }, dataset("other"));
  strictEqual(other.run.predictions[0].id.slice(0, 5), "other");
});

/** The dataset with other numbers for the same recordings. */
function featured(change: (value: number, i: number) => number): RunDataset {
  const data = dataset();
  return { ...data, x: data.x.map(change) };
}

Deno.test("trainOrLoad() refuses a stored run of other features of the same recordings", async () => {
  const folder = await newFolder(), random = new RandomState(8);
  await call(folder);
  const changes: Record<string, (value: number, i: number) => number> = {
    "a normalisation": (value) => (value - 0.1) / 2,
    "an augmentation": (value) => value + 1e-3 * (random.uniform() - 0.5),
    "a louder first frame": (value, i) => i < COEFFICIENTS ? value + 0.1 : value,
  };
  for (const [name, change] of Object.entries(changes)) {
    await rejects(call(folder, {}, featured(change)), {
      name: "TypeError",
      message:
        /expected one trained on these features, received one on other features of the same recordings; move the folder away, or train again with retrain: true/,
    }, name);
  }
});

Deno.test("trainOrLoad() takes the stored run for features that differ in the last bit", async () => {
  const folder = await newFolder();
  const { run } = await call(folder);
  const again = await call(folder, {}, featured((value) => Math.fround(value * (1 + 2 ** -23))));
  deepStrictEqual([again.run, again.warnings, again.epochs], [run, [], 0]);
});

Deno.test("trainOrLoad() goes on from no checkpoint of other code or features, not in the last bit", async () => {
  for (const part of ["code", "features"] as const) {
    const folder = await newFolder(), path = join(folder, NAME, "checkpoint.bin");
    await stopped(folder, 8);
    const { owner, state } = (await loadCheckpoint(path))!;
    strictEqual(owner.code, (await codeVersion()).training);
    await saveCheckpoint(path, { ...owner, [part]: "0".repeat(64) }, state);
    const { epochs, run, warnings } = await call(folder);
    strictEqual(epochs, 5, part);
    deepStrictEqual(numbersOf(run.history), numbersOf(whole.run.history));
    match(
      warnings.join(),
      new RegExp(`^The checkpoint is of other ${part}.* aside as checkpoint.bin.aside-1, starting`),
    );
  }
});

Deno.test("trainOrLoad() refuses a stored run whose description is another", async () => {
  const folder = await newFolder();
  await call(folder);
  const other = experiment({ ...EXPERIMENT, seed: 3 });
  await Deno.rename(join(folder, NAME), join(folder, runName(other)));
  await rejects(trainOrLoad(other, dataset(), { folder, build: () => smallModel(2) }), {
    name: "TypeError",
    message: /Cannot use the stored run/,
  });
});

Deno.test("trainOrLoad() sets a checkpoint of other data aside", async () => {
  const folder = await newFolder();
  await stopped(folder, 8);
  const { warnings, epochs } = await call(folder, {}, dataset("other"));
  strictEqual(epochs, 5);
  match(warnings.join(), /checkpoint is of other data .* set aside as checkpoint\.bin\.aside-1/);
});

Deno.test("trainOrLoad() with retrain keeps the old run until the new one is finished", async () => {
  const folder = await newFolder();
  const { run } = await call(folder);
  const { message } = await stopped(folder, 8, { retrain: true });
  match(message, /run the same with retrain: true, again to go on/);
  deepStrictEqual(await readRun(join(folder, NAME)), run);
  strictEqual((await call(folder)).epochs, 0);
  const again = await call(folder, { retrain: true });
  strictEqual(again.epochs, 3); // the stopped one went on
  ok(again.run.finished > run.finished);
  ok(!filesOf(folder).includes(run.weights));
});

Deno.test("trainOrLoad() does not train what another process trains", async () => {
  const folder = await newFolder();
  const lock = await takeLock(join(folder, NAME, "lock"));
  await rejects(call(folder), {
    name: "Busy",
    message: new RegExp(`Cannot train ${NAME}: process ${Deno.pid} is training it; wait for it`),
  });
  if (typeof lock !== "string") await lock.release();
  strictEqual((await call(folder)).epochs, 5);
});

Deno.test("trainOrLoad() gives the lock up after a stop and after a failure", async () => {
  const folder = await newFolder();
  await stopped(folder, 2);
  const bad = dataset();
  bad.x.fill(NaN);
  await rejects(call(folder, {}, bad), /expected a finite loss/);
  strictEqual((await call(folder)).epochs, 5);
});

Deno.test("trainOrLoad() goes on training when a checkpoint cannot be written, and says so", async () => {
  const folder = await newFolder();
  const path = join(folder, NAME, "checkpoint.bin");
  const onBatch = () => Deno.mkdirSync(join(path, "in the way"), { recursive: true });
  await Deno.mkdir(join(folder, NAME));
  const { run, warnings } = await call(folder, { saveEvery: 0, onBatch });
  deepStrictEqual(numbersOf(run.history), numbersOf(whole.run.history));
  match(warnings[0], /The checkpoint after epoch 1 could not be stored/);
});

Deno.test("trainOrLoad() refuses another corpus than the experiment's", async () => {
  const data = dataset();
  data.corpus.info.name = "savee";
  await rejects(call(await newFolder(), {}, data), {
    name: "TypeError",
    message: 'Cannot run the experiment: expected the corpus "emodb", received "savee"',
  });
});

Deno.test("trainOrLoad() refuses a dataset whose zeros are on the other side", async () => {
  await rejects(call(await newFolder(), {}, { ...dataset(), padding: "after" }), {
    name: "TypeError",
    message:
      'Cannot run the experiment: expected zeros before the speech, received a dataset with zeros after; load it with padding: "before"',
  });
  strictEqual((await call(await newFolder(), {}, { ...dataset(), padding: "before" })).epochs, 5);
});

Deno.test("trainOrLoad() leaves no tensor behind but the model", async () => {
  const folder = await newFolder();
  const before = tf.memory().numTensors;
  for (let i = 0; i < 2; i++) (await call(folder)).model.dispose(); // trained, then loaded
  await stopped(folder, 4, { retrain: true });
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("storedRuns() lists finished runs and tells about damaged ones", async () => {
  const folder = await newFolder();
  const { run } = await call(folder);
  await Deno.mkdir(join(folder, "broken"));
  await Deno.writeTextFile(join(folder, "broken", "run.json"), "{}");
  await Deno.mkdir(join(folder, "stopped"));
  const warnings: string[] = [];
  deepStrictEqual(await storedRuns(folder, (message) => warnings.push(message)), [run]);
  match(warnings.join(), /Cannot read the stored run ".*broken.run\.json"/);
  deepStrictEqual(await storedRuns(join(folder, "nowhere")), []);
});
