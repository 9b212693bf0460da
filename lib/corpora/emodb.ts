/**
 * EmoDB: ten German actors speak ten everyday sentences (Burkhardt et al., Interspeech 2005). Here
 * as an excerpt of four emotions, so that the project has real speech without a download. A name is
 * two digits of the speaker, three characters of the sentence, the emotion's letter and a version. @module
 */
import { type CorpusInfo, fileStem, misnamed, type NameFacts, type Refusal } from "./types.ts";

const EMOTIONS = ["anger", "happiness", "neutral", "sadness"];
/** The German letters of those emotions: Wut, Freude, neutral, Trauer. */
const CODES = ["W", "F", "N", "T"];
/** Angst, Ekel, Langeweile: in the full corpus of 535 only. */
const OTHER_CODES: Record<string, string> = { A: "fear", E: "disgust", L: "boredom" };
const MEN = ["03", "10", "11", "12", "15"];
const WOMEN = ["08", "09", "13", "14", "16"];
/** What is spoken, by its code in the name. */
export const EMODB_SENTENCES = {
  a01: "Der Lappen liegt auf dem Eisschrank",
  a02: "Das will sie am Mittwoch abgeben",
  a04: "Heute abend könnte ich es ihm sagen",
  a05: "Das schwarze Stück Papier befindet sich da oben neben dem Holzstück",
  a07: "In sieben Stunden wird es soweit sein",
  b01: "Was sind denn das für Tüten, die da unter dem Tisch stehen?",
  b02: "Sie haben es gerade hochgetragen und jetzt gehen sie wieder runter",
  b03: "An den Wochenenden bin ich jetzt immer nach Hause gefahren und habe Agnes besucht",
  b09: "Ich will das eben wegbringen und dann mit Karl was trinken gehen",
  b10: "Die wird auf dem Platz sein, wo wir sie immer hinlegen",
} as const;

const isSentence = (code: string): code is keyof typeof EMODB_SENTENCES =>
  Object.hasOwn(EMODB_SENTENCES, code);

/** Facts about the excerpt in `data/emodb`. Labels are alphabetical, as SAVEE's. */
export const EMODB: CorpusInfo = {
  name: "emodb",
  title: "EmoDB excerpt",
  emotions: EMOTIONS,
  frames: undefined,
  speakers: [...MEN, ...WOMEN].sort(),
  countsPerEmotion: { anger: 50, happiness: 45, neutral: 48, sadness: 45 },
  utterances: 188,
  citation:
    "Burkhardt, F., Paeschke, A., Rolfes, M., Sendlmeier, W. F., Weiss, B.: A database of German emotional speech. Interspeech 2005, 1517-1520. doi 10.21437/Interspeech.2005-446",
  licence: "CC0 1.0",
  obtain: 'it is part of this project: run "git checkout -- data/emodb" to restore it',
  mayBeShown: true,
};

/** Reads an EmoDB name, in whatever folders the file lies: `03a01Wa.flac`. */
export function parseEmodb(relativePath: string): NameFacts | Refusal {
  const id = fileStem(relativePath);
  const match = id.match(/^(\d\d)([ab]\d\d)([WFNTAEL])([a-z])$/);
  if (!match) return misnamed("a name is like 03a01Wa: speaker, sentence, emotion, version");
  const [, speaker, sentence, code, version] = match;
  if (!EMODB.speakers.includes(speaker)) {
    return misnamed(`speakers are ${EMODB.speakers.join(" ")}`);
  }
  if (!isSentence(sentence)) {
    return misnamed(`sentences are ${Object.keys(EMODB_SENTENCES).join(" ")}`);
  }
  if (code in OTHER_CODES) {
    return { kind: "extra", why: `${OTHER_CODES[code]} is not in the excerpt of four emotions` };
  }
  const label = CODES.indexOf(code);
  return {
    id,
    corpus: "emodb",
    label,
    emotion: EMOTIONS[label],
    speaker,
    sex: MEN.includes(speaker) ? "male" : "female",
    sentence: EMODB_SENTENCES[sentence],
    intensity: undefined,
    repetition: version.charCodeAt(0) - "a".charCodeAt(0) + 1,
  };
}
