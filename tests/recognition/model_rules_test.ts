import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";
import { join } from "@std/path";
import { type ModelFile, modelFileText, readModelFile } from "ser/recognition/model_file.ts";
import { modelPath, readModelFiles } from "ser/recognition/model_files.ts";
import { loadRecogniser } from "ser/recognition/recogniser.ts";
import { exampleFile } from "./example.ts";

type Place = (string | number)[];

/** The file, its checksum right, with another value in one place. */
function changed(file: ModelFile, place: Place, value: unknown): string {
  const copy = structuredClone(file) as unknown as Record<string, unknown>;
  let parent = copy;
  for (const key of place.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  parent[place.at(-1)!] = value;
  return modelFileText(copy as unknown as ModelFile);
}

/** Every place of a value that is no object, of lists the first and the last one. */
function* places(value: unknown, at: Place = []): Generator<{ place: Place; value: unknown }> {
  if (typeof value !== "object" || value === null) return yield { place: at, value };
  const keys = Array.isArray(value) ? [...new Set([0, value.length - 1])] : Object.keys(value);
  for (const key of keys) {
    if (key !== -1) yield* places((value as Record<string, unknown>)[key], [...at, key]);
  }
}

const MODELS = ["sdnn", "dbn", "cnn-attention"] as const;
const files = await Promise.all(MODELS.map((model) => exampleFile(model)));
const refused = (text: string, message: RegExp) =>
  throws(() => readModelFile(text, "data/x.json"), { name: "RangeError", message });

for (const [i, file] of files.entries()) {
  Deno.test(`readModelFile() refuses each field of ${MODELS[i]} that is missing or of another type`, () => {
    let count = 0;
    for (const { place } of places(file)) {
      for (const value of [undefined, null, {}, []]) {
        if (value === undefined && /^(scale|min)$/.test(String(place.at(-1)))) continue;
        refused(
          changed(file, place, value),
          /^Cannot read the model file "data\/x\.json": expected .*; restore it, or make it anew: deno task models$/,
        );
        count++;
      }
    }
    ok(count > 200, `${count}`);
  });

  Deno.test(`readModelFile() refuses each number of ${MODELS[i]} that is out of range`, () => {
    for (const { place, value } of places(file)) {
      if (typeof value !== "number") continue;
      for (const wrong of [1e300, -1e9, -0.5 - 1e9]) {
        refused(changed(file, place, wrong), /: expected .* received /);
      }
    }
  });
}

const WRONG: [Place, unknown, RegExp][] = [
  [
    ["features", "nMfcc"],
    1e6,
    /expected features\.nMfcc to be a whole number from 1 to 1024, received 1000000;/,
  ],
  [
    ["features", "nMfcc"],
    129,
    /expected features\.nMfcc to be a whole number from 1 to 128, received 129/,
  ],
  [["features", "nMfcc"], 39, /expected speech\.means\.mean to be a list of 39/],
  [["features", "nMels"], 1e7, /expected features\.nMels to be a whole number from 1 to 1024/],
  [["features", "nFft"], 1000, /expected features\.nFft to be one of 32, 64, .*, received 1000/],
  [["features", "hopLength"], 1, /features\.hopLength to be a whole number from 128 to 2048/],
  [
    ["features", "padding"],
    "sideways",
    /features\.padding to be one of before, after, received "sideways"/,
  ],
  [
    ["scaling", "kind"],
    "bogus",
    /expected scaling\.kind to be one of raw, minmax, z, received "bogus"/,
  ],
  [["scaling", "kind"], "z", /expected scaling\.offset to be a list of 40, received {"length":0}/],
  [["model"], "svm", /expected model to be one of dbn, /],
  [["corpus", "name"], "iemocap", /expected corpus\.name to be one of ravdess, savee, emodb/],
  [["labels", 0], "calm", /expected the number of different labels to be 3, received 2/],
  [["labels"], ["calm"], /expected labels to be a list of 2 to 100/],
  [["modelOptions", "dropout"], 2, /expected dropout to be .*, received 2/],
  [["modelOptions"], {}, /expected the names of modelOptions to be dropout,scaling, received ""/],
  [["modelOptions", "units"], 3, /x\.json": expected options .*, received "units"/],
  [["weights", "base64"], "AAAA", /expected the length of weights\.base64 to be \d+, received 4/],
  [["weights", "tensors", 0, "shape"], [1e6, 1e6], /expected the length of weights\.base64/],
  [
    ["weights", "tensors", 0, "scale"],
    1,
    /expected min of ".*", as its scale, to be number, received "undefined"/,
  ],
  [
    ["calibration", "temperature"],
    0,
    /expected calibration\.temperature to be a number from 0\.001 to 1000/,
  ],
  [
    ["speech", "means", "cholesky", 2],
    0,
    /expected speech\.means\.cholesky\[2\] to be a number from 0\.000001/,
  ],
  [["speech", "seconds", "most"], 0.5, /expected speech\.seconds\.most to be a number from 1 /],
  [
    ["speech", "silence"],
    { before: 0.1, after: 0.1 },
    /silence\.before to be an object, received 0/,
  ],
  [
    ["speech", "silence", "before", "least"],
    0.15,
    /expected speech\.silence\.before\.least to be a number from 0 to 0\.1, received 0\.15/,
  ],
  [
    ["speech", "silence", "after", "most"],
    0.1,
    /expected speech\.silence\.after\.most to be a number from 0\.2 to 10000, received 0\.1/,
  ],
  [
    ["training", "correct"],
    1,
    /expected training\.correct to be a whole number from 0 to 0, received 1/,
  ],
];

for (const [place, value, message] of WRONG) {
  Deno.test(`readModelFile() refuses ${place.join(".")} = ${JSON.stringify(value)}`, () =>
    refused(changed(files[0], place, value), message));
}

Deno.test("loadRecogniser() names the one of six model files that is damaged, by its path", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(join(folder, "emodb"));
  const stored = await readModelFiles("emodb");
  equal(stored.length, 6);
  for (const { path, bytes } of stored) {
    await Deno.writeFile(path.replace(/.*(?=\/emodb\/)/, folder), bytes);
  }
  const path = modelPath("emodb", "lstm", folder), whole = await Deno.readTextFile(path);
  const load = async () =>
    loadRecogniser(await readModelFiles("emodb", undefined, folder)).dispose();
  const said = async () => await load().then(() => "nothing", (error) => error.message);
  await Deno.writeTextFile(path, whole.replace("EmoDB", "EmoDP"));
  ok((await said()).startsWith(`Cannot read the model file "${path}": expected the checksum`));
  const { network } = JSON.parse(whole);
  await Deno.writeTextFile(path, changed(network, ["features", "frames"], 0));
  ok(
    (await said()).startsWith(
      `Cannot read the model file "${path}": expected features.frames to be`,
    ),
  );
  await Deno.writeTextFile(
    path,
    changed(network, ["weights", "tensors", 0, "name"], "lstm_1/colonel"),
  );
  ok((await said()).endsWith(` in the model file "${path}"`), await said());
  await Deno.writeTextFile(path, whole);
  deepStrictEqual(await said(), "nothing");
  await Deno.remove(folder, { recursive: true });
});
