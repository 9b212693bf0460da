/**
 * RAVDESS: 24 actors speak two sentences with eight emotions (Livingstone & Russo, PLoS ONE 13(5),
 * 2018). A name is seven two-digit numbers:
 * modality-channel-emotion-intensity-statement-repetition-actor. @module
 */
import { type CorpusInfo, fileStem, misnamed, type NameFacts, type Refusal } from "./types.ts";

const EMOTIONS = ["neutral", "calm", "happy", "sad", "angry", "fearful", "disgust", "surprise"];
/** What is spoken, in the order of the codes. */
export const RAVDESS_SENTENCES = ["Kids are talking by the door", "Dogs are sitting by the door"];
const SPEAKERS = Array.from({ length: 24 }, (_, i) => String(i + 1).padStart(2, "0"));
/** Largest code of each field of a name; the smallest is 1. */
const LARGEST = [3, 2, 8, 2, 2, 2, 24];
const AUDIO_ONLY = 3, SPEECH = 1;

/** Facts about the speech part of RAVDESS (audio only). */
export const RAVDESS: CorpusInfo = {
  name: "ravdess",
  title: "RAVDESS",
  emotions: EMOTIONS,
  frames: 228,
  speakers: SPEAKERS,
  countsPerEmotion: Object.fromEntries(
    EMOTIONS.map((emotion) => [emotion, emotion === "neutral" ? 96 : 192]),
  ),
  utterances: 1440,
  citation:
    "Livingstone, S. R., Russo, F. A.: The Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS). PLoS ONE 13(5), e0196391, 2018. doi 10.1371/journal.pone.0196391",
  licence: "CC BY-NC-SA 4.0",
  obtain: 'run "deno task data ravdess" to download it (208 MB)',
  mayBeShown: false,
};

/** Reads a RAVDESS name, in whatever folders the file lies: `Actor_01/03-01-05-02-01-01-01.wav`. */
export function parseRavdess(relativePath: string): NameFacts | Refusal {
  const id = fileStem(relativePath);
  const codes = /^\d\d(-\d\d){6}$/.test(id) ? id.split("-").map(Number) : [];
  if (codes.length === 0) return misnamed("a name is seven two-digit numbers joined by -");
  if (codes.some((code, field) => code < 1 || code > LARGEST[field])) {
    return misnamed(`the numbers go from 01 to at most ${LARGEST.join("-")}`);
  }
  const [modality, channel, emotion, intensity, statement, repetition, actor] = codes;
  if (modality !== AUDIO_ONLY) return { kind: "extra", why: "sound of a video, not audio only" };
  if (channel !== SPEECH) return { kind: "extra", why: "song, not speech" };
  return {
    id,
    corpus: "ravdess",
    label: emotion - 1,
    emotion: EMOTIONS[emotion - 1],
    speaker: SPEAKERS[actor - 1],
    sex: actor % 2 === 1 ? "male" : "female",
    sentence: RAVDESS_SENTENCES[statement - 1],
    intensity: intensity === 1 ? "normal" : "strong",
    repetition,
  };
}
