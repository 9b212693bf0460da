/** What a notebook trains on, and how the paper's split divides it. @module */
import type { Dataset } from "../corpora/dataset.ts";
import { randomSplit } from "../corpora/splits.ts";
import { type Output, table } from "../notebook/output.ts";

/** One line for each corpus: its size, and both parts of the paper's random split. */
export function corpusTable(datasets: readonly Dataset[], options: { seed: number }): Output {
  return table(datasets.map((dataset) => {
    const { corpus, labels, classes, frames } = dataset;
    const split = randomSplit(labels.length, options);
    return {
      "corpus": corpus.info.title,
      "utterances": labels.length,
      "speakers": corpus.info.speakers.length,
      "classes": classes.length,
      "padded to (frames)": frames,
      "training part": split.train.length,
      "test part": split.test.length,
      "speakers in both parts": speakersInBoth(dataset, options).length,
    };
  }));
}

/** The speakers on both sides of the paper's random split, sorted: a network may know them. */
export function speakersInBoth({ corpus, labels }: Dataset, options: { seed: number }): string[] {
  const { train, test } = randomSplit(labels.length, options);
  const of = (part: Int32Array) => new Set([...part].map((i) => corpus.utterances[i].speaker));
  return [...of(test).intersection(of(train))].sort();
}
