/**
 * The paper's figures. Captions restart several times, so a figure is named by what it shows and by
 * the number that the text uses; from 9 on that is the caption's number plus 3, apart from two odd
 * captions. The list is in `data/paper/figures.json`. @module
 */
import figures from "../../data/paper/figures.json" with { type: "json" };
import type { PaperCorpus, PaperModel } from "./results.ts";

export interface PaperFigure {
  /** The number that the text uses, or that follows from its neighbours. */
  number: number;
  /** The number in the caption. */
  caption: number;
  shows: string;
  kind: "signal" | "architecture" | "curves" | "confusion";
  /** The model, if it is about one. */
  model?: PaperModel;
  /** The corpora it shows. */
  corpora: readonly PaperCorpus[];
}

/** All figures by the text's numbers. */
export const PAPER_FIGURES = figures as readonly PaperFigure[];
