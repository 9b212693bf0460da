import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { decodeAudio } from "ser/audio/decode.ts";
import { cutToSpeech } from "ser/demo/page/recording.ts";

Deno.test("cutToSpeech() keeps the silence that is asked for, and its file has the very samples", async () => {
  const samples = new Float32Array(16000);
  for (let i = 6400; i < 9600; i++) samples[i] = 0.9 * Math.sin(i); // from 0.4 to 0.6 s
  const recording = { samples, sampleRate: 16000, name: "recording.wav", file: new Blob([]) };
  const { sound, cut } = cutToSpeech(recording, {
    before: { least: 0, median: 0.1, most: 0.3 },
    after: { least: 0.45, median: 0.5, most: 0.6 },
  });
  strictEqual(sound.samples.length, 0.8 * 16000);
  deepStrictEqual(cut, { before: 0.3, after: -0.1 });
  const saved = await decodeAudio(await sound.file.bytes(), "saved");
  deepStrictEqual(saved.channels[0], sound.samples);
  strictEqual(saved.sampleRate, 16000);
});

Deno.test("cutToSpeech() leaves what is no speech as it is, with its file", () => {
  const samples = Float32Array.from({ length: 16000 }, (_, i) => 0.1 * Math.sin(i));
  const tone = { samples, sampleRate: 16000, name: "tone.wav", file: new Blob(["its own"]) };
  const usual = { least: 1, median: 1, most: 1 };
  const { sound, cut } = cutToSpeech(tone, { before: usual, after: usual });
  strictEqual(sound, tone);
  deepStrictEqual(cut, { before: 0, after: 0 });
});
