/** Runs in the words of a plan and a progress line. @module */
import { corpusInfo } from "../corpora/info.ts";
import { changesOf } from "../evaluation/results_table.ts";
import { type Experiment, isFullLength } from "../training/experiment.ts";
import { MODELS } from "../models/catalogue.ts";

/** Corpus, model and split: what the runs of one line of a plan have in common. */
export function kindInWords(experiment: Experiment): string {
  const { corpus, model, split, epochs } = experiment, change = changesOf({ experiment });
  return [
    `${corpusInfo(corpus).title} ${MODELS[model].title}`,
    ...(change ? [change] : []),
    ...(split === "random" ? [] : [split]),
    ...(isFullLength(experiment) ? [] : [`${epochs} epochs`]),
  ].join(", ");
}

/** One run. */
export const runInWords = (experiment: Experiment): string =>
  [
    kindInWords(experiment),
    ...(experiment.fold === undefined ? [] : [`fold ${experiment.fold}`]),
    `seed ${experiment.seed}`,
  ].join(", ");

/** One run where there is little room; `*` marks options that are not the paper's. */
export function runInShort(experiment: Experiment): string {
  const { model, corpus, fold, seed } = experiment;
  const place = fold === undefined ? `s${seed}` : `f${fold}`;
  return `${model}${changesOf({ experiment }) ? "*" : ""} ${corpus} ${place}`;
}
