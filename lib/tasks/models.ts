/** `deno task models`: trained networks as files, for `deno task predict` and the page. @module */
import { join } from "@std/path";
import { isCorpusName } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { exportModel, silencesOf } from "../recognition/export.ts";
import { EXPORTABLE, licenceText, weightsLicence } from "../recognition/licence.ts";
import { type ModelFile, modelFileText } from "../recognition/model_file.ts";
import { modelPath, MODELS_FOLDER } from "../recognition/model_files.ts";
import { writeFileAtomic } from "../support/files.ts";
import { experiment } from "../training/experiment.ts";
import { MODEL_NAMES, type ModelName } from "../models/catalogue.ts";
import { oneOf, task, type TaskHelp, UsageError } from "./help.ts";
import { setUpBackend } from "./prepare.ts";
import { loadShown, trainShown } from "./trained.ts";
import { percent } from "../support/percent.ts";

const HELP: TaskHelp = {
  name: "models",
  about:
    'Trains the six networks as long as the paper does, on 64 % of a corpus (the split "stratified", seed 0),\n' +
    "calibrates them on 16 %, tests them on 20 %, and writes data/models/CORPUS/MODEL.json. Finished runs\n" +
    "(outputs/mine/runs/) are taken as they are; a stopped one (Ctrl-C) goes on.",
  options: [
    ["--corpus NAME", `${EXPORTABLE.join(" or ")}; default emodb`],
    ["--model NAME...", `${MODEL_NAMES.join(", ")}; may come several times; default all`],
  ],
};

/** @returns 0 if all files are written; 1 if the corpus is broken; 130 if it was interrupted. */
export const main = task(HELP, async ({ values }) => {
  const corpus = exportableCorpus(String(values.corpus ?? "emodb"));
  const words = (values.model ?? MODEL_NAMES) as readonly string[];
  const models = words.map((word) => oneOf("--model", word, MODEL_NAMES));
  await setUpBackend();
  await exportAll(corpus, models);
  return 0;
});

function exportableCorpus(word: string): CorpusName {
  const corpus = isCorpusName(word) ? word : oneOf("--corpus", word, EXPORTABLE);
  try {
    weightsLicence(corpus);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return corpus;
}

async function exportAll(corpus: CorpusName, models: readonly ModelName[]): Promise<void> {
  const dataset = await loadShown(corpus, {});
  const silences = await silencesOf(dataset);
  await writeFileAtomic(join(MODELS_FOLDER, corpus, "LICENSE"), licenceText(corpus));
  for (const model of models) {
    const finished = await trainShown(experiment({ model, corpus, split: "stratified" }), dataset);
    const file = await exportModel(finished, dataset, silences), text = modelFileText(file);
    finished.model.dispose();
    await writeFileAtomic(modelPath(corpus, model), text);
    console.log(`${inWords(file)} (${Math.round(text.length / 1000)} kB)`);
  }
}

function inWords({ title, corpus, model, training, calibration }: ModelFile): string {
  const { correct, utterances: { test } } = training, { temperature, error } = calibration;
  return `${title}: ${percent(correct / test)} (${correct} of ${test}) of the test part right; ` +
    `temperature ${temperature.toFixed(2)}, calibration error ${percent(error.before)} before and ${
      percent(error.after)
    } after; data/models/${corpus.name}/${model}.json`;
}
