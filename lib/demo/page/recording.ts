/** A recording with the silence that a set of networks knows. @module */
import { encodeWav } from "../../audio/encode_wav.ts";
import { fitSilence, type Silence } from "../../audio/trim.ts";
import { decodeWav } from "../../audio/wav.ts";
import type { Sound } from "./sound.ts";

/** A sound, and what was cut of its silence. */
export interface CutSound {
  /** The rest, whose file has exactly its samples. */
  sound: Sound;
  /** Seconds that were cut off; negative where silence was added. */
  cut: Silence;
}

/**
 * Fits the silence before and after the speech to what the networks have learned: with another amount of
 * it they often answer otherwise.
 * @param sound A recording.
 * @param silence Seconds of it on each side, as in the corpus.
 */
export function cutToSpeech(sound: Sound, silence: Silence): CutSound {
  const { sampleRate, name } = sound, fitted = fitSilence(sound, silence);
  if (fitted.samples === sound.samples) return { sound, cut: fitted.cut };
  const wav = encodeWav(fitted.samples, sampleRate);
  const file = new Blob([wav as BlobPart], { type: "audio/wav" });
  return {
    sound: { samples: decodeWav(wav, name).channels[0], sampleRate, name, file },
    cut: fitted.cut,
  };
}
