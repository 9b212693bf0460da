import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { decodeAudio, toMono } from "ser/audio/decode.ts";
import { findSpeech, fitSilence, type UsualSilence } from "ser/audio/trim.ts";
import { filesBelow, PROJECT_ROOT } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";

const RATE = 8000;

type Stretch = [from: number, to: number, level: number];

/** Two seconds of noise, with louder stretches; times in seconds. */
function recording(noise: number, stretches: Stretch[]) {
  const random = new RandomState(1);
  return Float32Array.from({ length: 2 * RATE }, (_, i) => {
    const stretch = stretches.findLast(([from, to]) => i >= from * RATE && i < to * RATE);
    return (stretch?.[2] ?? noise) * (2 * random.uniform() - 1);
  });
}

/** What was found, in seconds. */
function found(samples: Float32Array): [number, number] | undefined {
  const speech = findSpeech(samples, RATE);
  return speech && [speech.from / RATE, speech.to / RATE];
}

/** A corpus that has the same silence everywhere. */
function exactly(before: number, after: number): UsualSilence {
  const usual = (seconds: number) => ({ least: seconds, median: seconds, most: seconds });
  return { before: usual(before), after: usual(after) };
}

/** The same with a room's noise on all of it. */
function inRoom(samples: Float32Array, level: number): Float32Array {
  const random = new RandomState(2);
  return samples.map((value) => value + level * (2 * random.uniform() - 1));
}

Deno.test("findSpeech() finds speech in silence and in rooms down to 26 dB below it", () => {
  const speech: Stretch[] = [[0.5, 0.9, 0.5], [1, 1.5, 0.5]]; // with a pause
  for (const noise of [0, 0.0016, 0.005, 0.016, 0.025]) { // 50 to 26 dB below
    deepStrictEqual(found(inRoom(recording(0, speech), noise)), [0.5, 1.5], String(noise));
  }
});

Deno.test("findSpeech() takes the room's level before and after the speech, not in its pauses", () => {
  const random = new RandomState(3);
  const padded = recording(0, [[0.5, 0.9, 0.5], [1.1, 1.5, 0.5]]) // clean, 0.2 s of pause ...
    .map((value, i) =>
      i < 0.4 * RATE || i > 1.6 * RATE ? 0.02 * (2 * random.uniform() - 1) : value
    );
  deepStrictEqual(found(padded), [0.5, 1.5]); // ... and noise 28 dB below it only far from the speech
});

Deno.test("findSpeech() finds speech in a room after zeros, where a recorder starts late", () => {
  const samples = inRoom(recording(0, [[0.7, 1.1, 0.5], [1.2, 1.5, 0.5]]), 0.02);
  deepStrictEqual(found(samples.fill(0, 0, 0.2 * RATE)), [0.7, 1.5]);
});

Deno.test("findSpeech() does not take a constant offset for sound", () => {
  const samples = recording(1e-4, [[0.5, 1, 0.1], [1.1, 1.5, 0.1]]);
  deepStrictEqual(found(samples.map((value) => value + 0.05)), [0.5, 1.5]);
});

Deno.test("findSpeech() keeps pauses and soft ends, and leaves out clicks of a button", () => {
  const speech: Stretch[] = [[0.5, 0.8, 0.5], [1.2, 1.4, 0.02]]; // soft: -28 dB
  const clicks: Stretch[] = [[0.1, 0.14, 0.9], [1.9, 1.94, 0.9]]; // 40 ms
  deepStrictEqual(found(recording(1e-4, [...speech, ...clicks])), [0.5, 1.4]);
});

Deno.test("findSpeech() keeps a beginning in the middle of speech", () => {
  deepStrictEqual(found(recording(1e-4, [[0, 0.6, 0.5], [0.7, 1.2, 0.3]])), [0, 1.2]);
});

Deno.test("findSpeech() finds none in silence, noise and a tone, and in what is shorter than a word", () => {
  deepStrictEqual(found(recording(0, [])), undefined);
  deepStrictEqual(found(recording(0.1, [])), undefined);
  deepStrictEqual(found(Float32Array.from({ length: 2 * RATE }, (_, i) => Math.sin(i))), undefined);
  deepStrictEqual(found(recording(1e-4, [[1, 1.15, 0.5]])), undefined); // a door
  deepStrictEqual(findSpeech(new Float32Array(300).fill(0.5), RATE), undefined);
  deepStrictEqual(findSpeech(new Float32Array(0), RATE), undefined);
});

Deno.test("fitSilence() cuts and adds, keeps 50 ms of the recording, and is zero beyond", () => {
  const samples = recording(1e-3, [[0.5, 1.5, 0.5], [1, 1.1, 0]]);
  const { samples: fitted, cut } = fitSilence({ samples, sampleRate: RATE }, exactly(0.25, 0.75));
  deepStrictEqual([fitted.length, cut], [2 * RATE, { before: 0.25, after: -0.25 }]);
  const from = 0.2 * RATE, to = 1.3 * RATE; // of the fitted: the speech from 0.25 to 1.25 s
  deepStrictEqual(fitted.slice(from, to), samples.slice(0.45 * RATE, 1.55 * RATE));
  ok(fitted.every((value, i) => (i >= from && i < to) || value === 0));
});

Deno.test("fitSilence() leaves what has no speech, to the sample", () => {
  const samples = recording(0.1, []);
  const { samples: same, cut } = fitSilence({ samples, sampleRate: RATE }, exactly(1, 1));
  strictEqual(same, samples);
  deepStrictEqual(cut, { before: 0, after: 0 });
});

Deno.test("fitSilence() leaves a side whose silence is usual, to the sample, and only that", () => {
  const samples = recording(1e-3, [[0.5, 1.6, 0.5], [1, 1.1, 0]]), usual = exactly(0.3, 0.3);
  const sound = { samples, sampleRate: RATE };
  const before = { least: 0.2, median: 0.3, most: 0.5 }; // at its end: 0.5 s are there
  const after = { least: 0.4, median: 0.6, most: 0.7 }; // and 0.4 s after
  const both = fitSilence(sound, { before, after });
  strictEqual(both.samples, samples);
  deepStrictEqual(both.cut, { before: 0, after: 0 });
  const one = fitSilence(sound, { before, after: usual.after });
  deepStrictEqual(one.samples.slice(0, 1.65 * RATE), samples.slice(0, 1.65 * RATE)); // 50 ms after
  deepStrictEqual(one.samples.slice(1.65 * RATE), new Float32Array(0.25 * RATE));
  ok(Math.abs(one.cut.after - 0.1) < 1e-9 && one.cut.before === 0, JSON.stringify(one.cut));
  const other = fitSilence(sound, { before: usual.before, after });
  deepStrictEqual(other.samples.slice(0, 0.25 * RATE), new Float32Array(0.25 * RATE));
  deepStrictEqual(other.samples.slice(0.25 * RATE), samples.slice(0.45 * RATE));
});

Deno.test("fitSilence() goes to the median from beyond either end of what is usual", () => {
  const sound = { samples: recording(1e-3, [[0.5, 1.6, 0.5], [1, 1.1, 0]]), sampleRate: RATE };
  const { samples, cut } = fitSilence(sound, {
    before: { least: 0, median: 0.25, most: 0.4 },
    after: { least: 0.5, median: 0.75, most: 1 },
  });
  strictEqual(samples.length, (0.25 + 1.1 + 0.75) * RATE);
  deepStrictEqual(cut, { before: 0.25, after: -0.35 });
});

Deno.test("fitSilence() takes less than 0.5 % of the energy of EmoDB's recordings", async () => {
  const files = await filesBelow(join(PROJECT_ROOT, "data", "emodb"));
  const energy = (samples: Float32Array) => samples.reduce((sum, value) => sum + value ** 2, 0);
  for (const file of files.filter((file, i) => file.endsWith(".flac") && i % 20 === 0)) {
    const audio = await decodeAudio(await Deno.readFile(file), file), samples = toMono(audio);
    const sound = { samples, sampleRate: audio.sampleRate };
    const { samples: fitted } = fitSilence(sound, exactly(0.05, 0.05));
    const kept = energy(fitted) / energy(samples);
    ok(kept > 0.995 && kept <= 1, `${file}: ${kept}`); // speech goes 40 dB down, a ten-thousandth
  }
});
