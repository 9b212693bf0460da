/** A recording, cut to what a set of networks is used to. @module */
import { encodeWav } from "../../audio/encode_wav.ts";
import { trimToSpeech } from "../../audio/trim.ts";
import { decodeWav } from "../../audio/wav.ts";
import type { Sound } from "./sound.ts";

/**
 * Cuts off the silence before and after the speech, and the clicks of the button. The networks have
 * learned recordings with so much silence and no more, and often answer otherwise if there is another
 * amount of it.
 * @param sound A recording.
 * @param silence Seconds of it that are kept on each side, as in the corpus.
 * @returns The rest, whose file has exactly its samples.
 */
export function cutToSpeech({ samples, sampleRate, name }: Sound, silence: number): Sound {
  const wav = encodeWav(trimToSpeech(samples, sampleRate, silence), sampleRate);
  return {
    samples: decodeWav(wav, name).channels[0],
    sampleRate,
    name,
    file: new Blob([wav as BlobPart], { type: "audio/wav" }),
  };
}
