/**
 * The paper's figures. Captions restart several times, so a figure is named by what it shows and by
 * the number that the text uses; from 9 on that is the caption's number plus 3, apart from two odd
 * captions. @module
 */
import type { PaperCorpus, PaperModel } from "./results.ts";

/** One figure. */
export interface PaperFigure {
  /** The number that the text uses, or that follows from its neighbours. */
  number: number;
  /** The number in the caption. */
  caption: number;
  /** What it shows. */
  shows: string;
  /** The kind of picture. */
  kind: "signal" | "architecture" | "curves" | "confusion";
  /** The model, if it is about one. */
  model?: PaperModel;
  /** The corpora it shows. */
  corpora: readonly PaperCorpus[];
}

/** All figures by the text's numbers. */
export const PAPER_FIGURES: readonly PaperFigure[] = [
  { number: 1, caption: 1, shows: "waveform", kind: "signal", corpora: ["ravdess"] },
  { number: 2, caption: 2, shows: "MFCCs of that file", kind: "signal", corpora: ["ravdess"] },
  architecture(3, 3, "DBN", "dbn"),
  architecture(4, 1, "simple DNN", "sdnn"),
  architecture(5, 2, "LSTM", "lstm"),
  architecture(6, 3, "LSTM with attention", "lstm-attention"),
  architecture(7, 4, "CNN", "cnn"),
  architecture(8, 5, "CNN with attention", "cnn-attention"),
  {
    ...{ number: 9, caption: 6, shows: "training loss of the DBN", kind: "curves", model: "dbn" },
    corpora: ["ravdess", "savee"],
  },
  curves(10, 3, "sdnn", "ravdess", "accuracy and loss of the simple DNN"),
  curves(11, 8, "sdnn", "savee", "accuracy and loss of the simple DNN"),
  curves(12, 9, "lstm", "ravdess", "accuracy and loss of the LSTM"),
  curves(13, 10, "lstm", "savee", "accuracy and loss of the LSTM"),
  curves(14, 11, "lstm-attention", "ravdess", "accuracy and loss of the LSTM with attention"),
  curves(15, 12, "lstm-attention", "savee", "accuracy and loss of the LSTM with attention"),
  curves(16, 13, "cnn", "ravdess", "accuracy and loss of the CNN"),
  curves(17, 14, "cnn", "savee", "accuracy and loss of the CNN"),
  curves(18, 15, "cnn", "ravdess", "the CNN with zero padding"),
  curves(19, 16, "cnn", "ravdess", "the CNN with zero padding and LeakyReLU"),
  curves(20, 17, "cnn", "savee", "the CNN with zero padding and LeakyReLU"),
  curves(21, 18, "cnn-attention", "ravdess", "accuracy and loss of the CNN with attention"),
  curves(22, 19, "cnn-attention", "savee", "accuracy and loss of the CNN with attention"),
  curves(23, 20, "cnn-attention", "ravdess", "the CNN with attention without dropout"),
  curves(24, 21, "cnn-attention", "savee", "the CNN with attention without dropout"),
  confusion(25, 22, "DBN", "dbn"),
  confusion(26, 23, "simple DNN", "sdnn"),
  confusion(27, 24, "LSTM", "lstm"),
  confusion(28, 25, "LSTM with attention", "lstm-attention"),
  confusion(29, 26, "CNN", "cnn"),
  confusion(30, 27, "CNN with attention", "cnn-attention"),
];

function architecture(
  number: number,
  caption: number,
  name: string,
  model: PaperModel,
): PaperFigure {
  const shows = `architecture of the ${name}`;
  return { number, caption, shows, kind: "architecture", model, corpora: ["ravdess", "savee"] };
}

function curves(
  number: number,
  caption: number,
  model: PaperModel,
  corpus: PaperCorpus,
  shows: string,
): PaperFigure {
  return { number, caption, shows, kind: "curves", model, corpora: [corpus] };
}

function confusion(number: number, caption: number, name: string, model: PaperModel): PaperFigure {
  const shows = `confusion matrices of the ${name}`;
  return { number, caption, shows, kind: "confusion", model, corpora: ["ravdess", "savee"] };
}
