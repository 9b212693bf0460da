/** `deno task train`: one experiment from the command line. @module */
import { corpusInfo } from "../corpora/info.ts";
import { PROTOCOL_NAMES } from "../corpora/protocols/protocol.ts";
import { compareWithPaper, resultsTable } from "../evaluation/results_table.ts";
import { type Experiment, experiment, type ExperimentParts } from "../training/experiment.ts";
import { MODEL_NAMES } from "../models/catalogue.ts";
import { COUNT, numberOption, parseNumber, task, type TaskHelp, UsageError } from "./help.ts";
import { setUpBackend } from "./prepare.ts";
import { loadShown, trainShown } from "./trained.ts";

const HELP: TaskHelp = {
  name: "train",
  about:
    "Trains one experiment and stores it in outputs/mine/runs/; a finished one is shown, a stopped one (Ctrl-C)\n" +
    "goes on. What is not said is as in the paper.",
  options: [
    ["--model NAME", `${MODEL_NAMES.join(", ")}; default cnn-attention`],
    ["--corpus NAME", "ravdess, savee or emodb; default ravdess"],
    ["--split NAME", `${PROTOCOL_NAMES.join(", ")}; default random`],
    ["--fold N", "which fold of a speaker- or sentence-independent split, from 1"],
    ["--seed N", "of initial weights, order, dropout and a split without folds; default 0"],
    ["--epochs N", "default 250; sdnn 300, dbn 1000"],
    ["--padding SIDE", "before or after the speech; default before"],
    [
      "--set OPTION=VALUE...",
      "an option of the model, for example --set padding=same; a wrong one lists them",
    ],
    ["--allow-problems", "train although the corpus is not as published, on what is whole"],
    ["--retrain", "train again although a finished run is stored"],
  ],
};

/** @returns 0 if the run is finished. */
export const main = task(HELP, async ({ values }) => {
  const wanted = describe(values);
  await setUpBackend();
  await train(wanted, {
    retrain: values.retrain === true,
    allowProblems: values["allow-problems"] === true,
  });
  return 0;
});

/** The experiment that the options ask for; what is wrong with them is the reader's to mend. */
function describe(values: Record<string, unknown>): Experiment {
  const { model, corpus, split, padding, set = [] } = values;
  const numbers = {
    fold: numberOption(values, "fold", COUNT),
    seed: numberOption(values, "seed"),
    epochs: numberOption(values, "epochs", COUNT),
  };
  const modelOptions = Object.fromEntries((set as string[]).map(assignment));
  try {
    const parts = { model, corpus, split, padding, ...numbers, modelOptions };
    return experiment(parts as ExperimentParts);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function assignment(text: string): [name: string, value: unknown] {
  const [, name, word] = /^([^=\s]+)=(\S+)$/.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`Expected --set OPTION=VALUE, received "${text}"`);
  if (word === "true" || word === "false") return [name, word === "true"];
  return [name, parseNumber(word) ?? word];
}

async function train(
  wanted: Experiment,
  { retrain, allowProblems }: { retrain: boolean; allowProblems: boolean },
): Promise<void> {
  const dataset = await loadShown(wanted.corpus, { padding: wanted.padding, allowProblems });
  const { title } = corpusInfo(wanted.corpus);
  console.error(`${title}: ${dataset.labels.length} utterances, ${dataset.frames} frames each`);
  const { run, model } = await trainShown(wanted, dataset, { retrain });
  model.dispose();
  console.log(`${resultsTable([compareWithPaper(run)])}\nStored in outputs/mine/runs/${run.name}`);
}
