/** A recording with the silence that a set of networks knows. @module */
import { encodeWav } from "../../audio/encode_wav.ts";
import { fitSilence, type Silence, type UsualSilence } from "../../audio/trim.ts";
import { decodeWav } from "../../audio/wav.ts";
import type { Sound } from "./sound.ts";

/**
 * Fits the silence before and after the speech to what the networks have learned: with another amount of
 * it they often answer otherwise.
 * @returns The sound, whose file has exactly its samples, and the seconds cut off, negative where added.
 */
export function cutToSpeech(sound: Sound, silence: UsualSilence): { sound: Sound; cut: Silence } {
  const { sampleRate, name } = sound, fitted = fitSilence(sound, silence);
  if (fitted.samples === sound.samples) return { sound, cut: fitted.cut };
  const wav = encodeWav(fitted.samples, sampleRate);
  const file = new Blob([wav as BlobPart], { type: "audio/wav" });
  return {
    sound: { samples: decodeWav(wav, name).channels[0], sampleRate, name, file },
    cut: fitted.cut,
  };
}
