import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { decodeAudio, toMono } from "ser/audio/decode.ts";
import { findSpeech, trimToSpeech } from "ser/audio/trim.ts";
import { filesBelow, PROJECT_ROOT } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";

const RATE = 8000;

/** Two seconds of noise, with louder stretches; times in seconds. */
function recording(noise: number, stretches: [from: number, to: number, level: number][]) {
  const random = new RandomState(1);
  return Float32Array.from({ length: 2 * RATE }, (_, i) => {
    const stretch = stretches.find(([from, to]) => i >= from * RATE && i < to * RATE);
    return (stretch?.[2] ?? noise) * (2 * random.uniform() - 1);
  });
}

/** What was found, in seconds. */
function found(samples: Float32Array): [number, number] {
  const { from, to } = findSpeech(samples, RATE);
  return [from / RATE, to / RATE];
}

Deno.test("findSpeech() finds speech in silence and in a noisy room", () => {
  const speech: [number, number, number] = [0.5, 1.5, 0.5];
  deepStrictEqual(found(recording(0, [speech])), [0.5, 1.5]);
  deepStrictEqual(found(recording(0.05, [speech])), [0.5, 1.5]); // 20 dB below the speech
});

Deno.test("findSpeech() keeps pauses and soft ends, and leaves out clicks of a button", () => {
  const speech: [number, number, number][] = [[0.5, 0.8, 0.5], [1.2, 1.4, 0.02]]; // soft: -28 dB
  const clicks: [number, number, number][] = [[0.1, 0.14, 0.9], [1.9, 1.94, 0.9]]; // 40 ms
  deepStrictEqual(found(recording(1e-4, [...speech, ...clicks])), [0.5, 1.4]);
});

Deno.test("findSpeech() takes all of what has no louder part, and of what is shorter than speech", () => {
  deepStrictEqual(found(recording(0.1, [])), [0, 2]);
  deepStrictEqual(findSpeech(new Float32Array(RATE), RATE), { from: 0, to: RATE });
  deepStrictEqual(findSpeech(new Float32Array(300).fill(0.5), RATE), { from: 0, to: 300 });
});

Deno.test("trimToSpeech() keeps the margin, as far as there is one", () => {
  const samples = recording(0, [[0.5, 1.5, 0.5]]);
  strictEqual(trimToSpeech(samples, RATE, 0.25).length, 1.5 * RATE);
  strictEqual(trimToSpeech(samples, RATE, 9).length, 2 * RATE);
});

Deno.test("trimToSpeech() takes less than 0.5 % of the energy of EmoDB's recordings", async () => {
  const files = await filesBelow(join(PROJECT_ROOT, "data", "emodb"));
  const energy = (samples: Float32Array) => samples.reduce((sum, value) => sum + value ** 2, 0);
  for (const file of files.filter((file, i) => file.endsWith(".flac") && i % 20 === 0)) {
    const audio = await decodeAudio(await Deno.readFile(file), file), samples = toMono(audio);
    const kept = energy(trimToSpeech(samples, audio.sampleRate, 0.05)) / energy(samples);
    ok(kept > 0.995 && kept <= 1, `${file}: ${kept}`); // speech goes 40 dB down, a ten-thousandth
  }
});
