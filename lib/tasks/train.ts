/** `deno task train`: one experiment from the command line. @module */
import { corpusInfo } from "../corpora/info.ts";
import { curvePart, PROTOCOL_NAMES } from "../corpora/protocols/protocol.ts";
import { loadDataset } from "../corpora/dataset.ts";
import { CorpusError } from "../corpora/problems.ts";
import { compareWithPaper, resultsTable } from "../evaluation/results_table.ts";
import { interruptSignal } from "../notebook/interrupt.ts";
import { LiveLine, progressOn } from "../notebook/live.ts";
import { trainingLine } from "../notebook/training_line.ts";
import { loadBackend } from "../backend/load.ts";
import { type Experiment, experiment, type ExperimentParts } from "../training/experiment.ts";
import { MODEL_NAMES } from "../models/catalogue.ts";
import { TrainingInterrupted } from "../training/fit.ts";
import { trainOrLoad } from "../training/runs.ts";
import { helpText, parseTaskArgs, type TaskHelp, UsageError } from "./help.ts";
import { setUpBackend } from "./prepare.ts";

const HELP: TaskHelp = {
  name: "train",
  usage:
    "[--model NAME] [--corpus NAME] [--split NAME [--fold N]] [--seed N] [--epochs N] [--set OPTION=VALUE]...",
  about:
    "Trains one experiment and stores it in outputs/runs/; a finished one is shown, a stopped one (Ctrl-C)\n" +
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
      "--set OPTION=VALUE",
      "an option of the model, for example --set padding=same; a wrong one lists them",
    ],
    ["--allow-problems", "train although the corpus is not as published, on what is whole"],
    ["--retrain", "train again although a finished run is stored"],
  ],
};

const TYPES = {
  model: { type: "string" },
  corpus: { type: "string" },
  split: { type: "string" },
  fold: { type: "string" },
  seed: { type: "string" },
  epochs: { type: "string" },
  padding: { type: "string" },
  set: { type: "string", multiple: true },
  "allow-problems": { type: "boolean" },
  retrain: { type: "boolean" },
} as const;

/**
 * Runs the task.
 * @param args Arguments after its name.
 * @returns 0 if the run is finished; 1 if the corpus is broken; 130 if it was interrupted.
 */
export async function main(args: string[]): Promise<number> {
  const { values, help } = parseTaskArgs(args, TYPES);
  if (help) {
    console.log(helpText(HELP));
    return 0;
  }
  const wanted = describe(values);
  try {
    await setUpBackend();
    await train(wanted, {
      retrain: values.retrain === true,
      allowProblems: values["allow-problems"] === true,
    });
    return 0;
  } catch (error) {
    if (!(error instanceof CorpusError || error instanceof TrainingInterrupted)) throw error;
    console.error(error.message);
    return error instanceof CorpusError ? 1 : 130;
  }
}

/** The experiment that the options ask for; what is wrong with them is the reader's to mend. */
function describe(values: Record<string, unknown>): Experiment {
  const { model, corpus, split, fold, seed, epochs, padding, set = [] } = values;
  const number = (text: unknown) => text === undefined ? undefined : Number(text);
  const numbers = { fold: number(fold), seed: number(seed), epochs: number(epochs) };
  const modelOptions = Object.fromEntries((set as string[]).map(assignment));
  try {
    const parts = { model, corpus, split, padding, ...numbers, modelOptions };
    return experiment(parts as ExperimentParts);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function assignment(text: string): [name: string, value: unknown] {
  const at = text.indexOf("=");
  if (at < 1) throw new UsageError(`Expected --set OPTION=VALUE, received "${text}"`);
  const word = text.slice(at + 1);
  const value = word === "true" || word === "false" ? word === "true" : Number(word);
  return [text.slice(0, at), typeof value === "number" && Number.isNaN(value) ? word : value];
}

async function train(
  wanted: Experiment,
  { retrain, allowProblems }: { retrain: boolean; allowProblems: boolean },
): Promise<void> {
  console.error((await loadBackend()).line);
  const features = new LiveLine();
  const dataset = await loadDataset(wanted.corpus, {
    padding: wanted.padding,
    allowProblems,
    progress: progressOn(features),
    warn: console.warn,
  });
  await features.close();
  const { title } = corpusInfo(wanted.corpus);
  console.error(`${title}: ${dataset.labels.length} utterances, ${dataset.frames} frames each`);
  const line = trainingLine(undefined, curvePart(wanted));
  try {
    const { run, model } = await trainOrLoad(wanted, dataset, {
      ...{ retrain, onBatch: line.onBatch, onEpoch: line.onEpoch, warn: console.warn },
      signal: interruptSignal(),
    });
    model.dispose();
    await line.close();
    console.log(`${resultsTable([compareWithPaper(run)])}\nStored in outputs/runs/${run.name}`);
  } finally {
    await line.close();
  }
}
