/**
 * SAVEE: four Englishmen speak TIMIT sentences with seven emotions (Jackson & Haq, University of
 * Surrey, 2011). A name is the emotion's letters and the number of the sentence, in a folder for
 * each speaker. @module
 */
import { type CorpusInfo, fileStem, misnamed, type NameFacts, type Refusal } from "./types.ts";

const EMOTIONS = ["anger", "disgust", "fear", "happiness", "neutral", "sadness", "surprise"];
/** The letters of each emotion, in the same order. */
const CODES = ["a", "d", "f", "h", "n", "sa", "su"];
const SPEAKERS = ["DC", "JE", "JK", "KL"];

/** Facts about the audio part of SAVEE. */
export const SAVEE: CorpusInfo = {
  name: "savee",
  title: "SAVEE",
  emotions: EMOTIONS,
  frames: 308,
  speakers: SPEAKERS,
  countsPerEmotion: Object.fromEntries(
    EMOTIONS.map((emotion) => [emotion, emotion === "neutral" ? 120 : 60]),
  ),
  utterances: 480,
  citation:
    "Jackson, P., Haq, S.: Surrey Audio-Visual Expressed Emotion (SAVEE) database. University of Surrey, 2011",
  licence: "free for research after registration with its authors, no redistribution",
  obtain:
    "register at http://kahlan.eps.surrey.ac.uk/savee/ and put the folders DC, JE, JK and KL of its AudioData into data/savee",
  mayBeShown: false,
};

/**
 * Reads a SAVEE name: `DC/a01.wav` under any folders, or the flat form `DC_a01.wav`.
 * `sentence` is the code in the name: it numbers the sentences within an emotion. The archive does
 * not say which words a number stands for, nor which numbers are the sentences common to all
 * emotions, so equal words under two emotions have two codes.
 */
export function parseSavee(relativePath: string): NameFacts | Refusal {
  const match = fileStem(relativePath).match(/^(?:(DC|JE|JK|KL)_)?(sa|su|a|d|f|h|n)(\d\d)$/);
  if (match === null) return misnamed(`a name is one of ${CODES.join(" ")} and two digits`);
  const [, inName, code, number] = match;
  const inFolder = relativePath.split("/").slice(0, -1).findLast((part) => SPEAKERS.includes(part));
  const speaker = inName ?? inFolder;
  if (speaker === undefined) return misnamed(`not in a folder named ${SPEAKERS.join(", ")}`);
  if (inFolder !== undefined && inFolder !== speaker) {
    return misnamed("the name and the folder say different speakers");
  }
  const label = CODES.indexOf(code);
  return {
    id: `${speaker}_${code}${number}`,
    corpus: "savee",
    label,
    emotion: EMOTIONS[label],
    speaker,
    sex: "male",
    sentence: code + number,
    intensity: undefined,
    repetition: 1,
  };
}
