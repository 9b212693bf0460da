/** What a corpus of emotional speech is made of. @module */

/** The corpora that the project knows; also the names of their folders. */
export type CorpusName = "ravdess" | "savee" | "emodb";

/** Facts about a corpus that hold before any file is read. */
export interface CorpusInfo {
  /** Name of the corpus and of its folder. */
  name: CorpusName;
  /** Name as it is written in a text. */
  title: string;
  /** Emotions in label order: the paper's Table 1 for RAVDESS and SAVEE. */
  emotions: readonly string[];
  /** MFCC frames to pad to (the longest utterance, paper 4.2); undefined: the longest one found. */
  frames: number | undefined;
  /** Speakers in the order of their folders. */
  speakers: readonly string[];
  /** Published number of utterances of each emotion. */
  countsPerEmotion: Readonly<Record<string, number>>;
  /** Published number of utterances. */
  utterances: number;
  /** The publication to cite. */
  citation: string;
  /** The licence, in words. */
  licence: string;
  /** How the reader gets it: the end of every "not found" message. */
  obtain: string;
  /** Whether its licence allows sample-by-sample displays (audio, waveforms) in committed outputs. */
  mayBeShown: boolean;
}

/** What the name of a recording says. */
export interface NameFacts {
  /** Name without folders and extension; SAVEE's with its speaker, as in "DC_a01". */
  id: string;
  /** The corpus that it belongs to. */
  corpus: CorpusName;
  /** Index into `CorpusInfo.emotions`. */
  label: number;
  /** `CorpusInfo.emotions[label]`. */
  emotion: string;
  /** One of `CorpusInfo.speakers`. */
  speaker: string;
  /** Sex of the speaker. */
  sex: "female" | "male";
  /** The spoken sentence, or its code where the words are not published with the corpus (SAVEE). */
  sentence: string;
  /** Emotional intensity, where the corpus has two (RAVDESS). */
  intensity: "normal" | "strong" | undefined;
  /** Which recording of the same sentence and emotion by this speaker, `>= 1`. */
  repetition: number;
}

/** One recording of a corpus. */
export interface Utterance extends NameFacts {
  /** Where its file is. */
  path: string;
}

/** Why an audio file is no utterance of the corpus. */
export interface Refusal {
  /** `misnamed`: the name cannot be read; `extra`: it says that the file belongs elsewhere. */
  kind: "misnamed" | "extra";
  /** The reason, for the reader. */
  why: string;
}

/** Reads the name of an audio file. The path is relative to the corpus, with "/" between folders. */
export type ParseName = (relativePath: string) => NameFacts | Refusal;

/** The refusal of a name that cannot be read. */
export const misnamed = (why: string): Refusal => ({ kind: "misnamed", why });

/** A file's name without folders and extension; what reads names runs in browsers, too. */
export const fileStem = (path: string): string => /([^/]*?)(?:\.[^./]*)?$/.exec(path)![1];
