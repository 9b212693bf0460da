import { deepStrictEqual, ok } from "node:assert/strict";
import { decodeAudio, toMono } from "ser/audio/decode.ts";
import { couldBeSpeech } from "ser/recognition/speech_like.ts";
import { filesBelow, PROJECT_ROOT } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";

const RATE = 16000, NEAR = { distance: 1, limit: 1 };
const sound = (value: (i: number) => number) =>
  Float32Array.from({ length: 2 * RATE }, (_, i) => value(i));
/** Uniform in [0, 1). */
const randomOf = (seed: number) => {
  const state = new RandomState(seed);
  return () => state.uniform();
};
const sine = (hz: number, i: number) => Math.sin(2 * Math.PI * hz * i / RATE);

Deno.test("couldBeSpeech() is false for noise, tones and hum, loud or quiet, however near their MFCCs", () => {
  const random = randomOf(1), noise = sound(() => 2 * random() - 1);
  let red = 0;
  const even: Record<string, Float32Array> = {
    "white noise": noise,
    "quiet white noise": noise.map((x) => x / 50),
    "brown noise": noise.map((x) => red = 0.98 * red + 0.05 * x),
    "a tone": sound((i) => sine(440, i) / 2),
    "a sweep": sound((i) => sine(100 + 500 * i / RATE, i) / 2),
    "hum of the mains": sound((i) => [1, 2, 3, 5].reduce((sum, k) => sum + sine(50 * k, i) / 8, 0)),
    "silence": sound(() => 0),
  };
  const taken = Object.keys(even).filter((name) => couldBeSpeech(even[name], RATE, NEAR));
  deepStrictEqual(taken, []);
});

Deno.test("couldBeSpeech() is true for every recording of EmoDB, also far from a corpus and in a noisy room", async () => {
  const random = randomOf(2), files = await filesBelow(`${PROJECT_ROOT}/data/emodb`);
  const recordings = files.filter((path) => path.endsWith(".flac"));
  ok(recordings.length > 100);
  for (const path of recordings) {
    const audio = await decodeAudio(await Deno.readFile(path), path), samples = toMono(audio);
    const loudest = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    const inRoom = samples.map((x) => x + loudest * 0.01 * (2 * random() - 1)); // 40 dB below
    for (const heard of [samples, inRoom]) {
      ok(couldBeSpeech(heard, audio.sampleRate, { distance: 2.9, limit: 1 }), path);
    }
  }
});

Deno.test("couldBeSpeech() is false for what is farther from the corpus than any speech", () => {
  const random = randomOf(3), bursts = sound((i) => sine(4, i) ** 2 * (2 * random() - 1));
  ok(couldBeSpeech(bursts, RATE, { distance: 3, limit: 1 }));
  ok(!couldBeSpeech(bursts, RATE, { distance: 3.1, limit: 1 }));
});
