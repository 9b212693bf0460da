import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { decodeAudio } from "ser/audio/decode.ts";
import { cutToSpeech } from "ser/demo/page/recording.ts";

Deno.test("cutToSpeech() keeps the silence that is asked for, and its file has the very samples", async () => {
  const samples = new Float32Array(16000);
  for (let i = 6400; i < 9600; i++) samples[i] = 0.9 * Math.sin(i); // from 0.4 to 0.6 s
  const recording = { samples, sampleRate: 16000, name: "recording.wav", file: new Blob([]) };
  const cut = cutToSpeech(recording, 0.1);
  strictEqual(cut.samples.length, 0.4 * 16000);
  const saved = await decodeAudio(await cut.file.bytes(), "saved");
  deepStrictEqual(saved.channels[0], cut.samples);
  strictEqual(saved.sampleRate, 16000);
});
