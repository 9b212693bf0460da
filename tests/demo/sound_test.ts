import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { encodeWav } from "ser/audio/encode_wav.ts";
import { soundOf } from "ser/demo/page/sound.ts";

/** A tone of 200 Hz as a WAV file. */
function tone(seconds: number, level: number, sampleRate = 8000): Blob {
  const samples = Array.from(
    { length: seconds * sampleRate },
    (_, i) => level * Math.sin(2 * Math.PI * 200 * i / sampleRate),
  );
  return new Blob([encodeWav(samples, sampleRate) as BlobPart]);
}

Deno.test("soundOf() reads a WAV file at its own rate, sample by sample", async () => {
  const values = Array.from({ length: 4000 }, (_, i) => (i % 7 - 3) / 4); // exact in 16 bits below 0
  const file = new Blob([encodeWav(values, 8000) as BlobPart]);
  const { samples, sampleRate, name } = await soundOf(file, "seven.wav");
  deepStrictEqual([samples.length, sampleRate, name], [4000, 8000, "seven.wav"]);
  deepStrictEqual([...samples.subarray(0, 3)], [-0.75, -0.5, -0.25]);
});

Deno.test("soundOf() takes sentences: not too short, not too long, not silent", async () => {
  await soundOf(tone(0.5, 0.5), "x.wav");
  await rejects(soundOf(tone(0.49, 0.5), "x.wav"), {
    name: "RangeError",
    message: 'Cannot use "x.wav": expected a sentence of at least 0.5 s, received 0.49 s',
  });
  await soundOf(tone(30, 0.5), "x.wav");
  await rejects(soundOf(tone(31, 0.5), "x.wav"), {
    name: "RangeError",
    message:
      'Cannot use "x.wav": expected one sentence of at most 30 s, received 31.0 s; cut it out first',
  });
  await rejects(soundOf(tone(1, 0.001), "x.wav"), {
    name: "RangeError",
    message: /expected speech, received silence \(its loudest sample is at -60 dB of full scale\)/,
  });
  await rejects(soundOf(tone(1, 0), "x.wav"), { message: /loudest sample is at zero/ });
});

Deno.test("soundOf() does not read what cannot be one sentence into memory", async () => {
  const huge = { size: 1_270_000_000, arrayBuffer: () => Promise.reject(new Error("read")) };
  await rejects(soundOf(huge as unknown as Blob, "two hours.wav"), {
    name: "RangeError",
    message:
      'Cannot use "two hours.wav": expected one sentence, received 1270 MB; cut it out first',
  });
});

Deno.test("soundOf() tells what is wrong with files that are no whole sound files", async () => {
  await rejects(soundOf(new Blob([]), "nothing.wav"), {
    name: "SyntaxError",
    message: /empty file/,
  });
  const half = (await tone(1, 0.5).bytes()).subarray(0, 9000);
  await rejects(soundOf(new Blob([half as BlobPart]), "half.wav"), {
    name: "SyntaxError",
    message: /^Cannot decode "half.wav": the file is truncated/,
  });
  const flac = Uint8Array.from("fLaC", (char) => char.charCodeAt(0));
  await rejects(soundOf(new Blob([flac]), "cut.flac"), {
    name: "SyntaxError",
    message: /^Cannot decode "cut.flac": the FLAC file is truncated or damaged/,
  });
});

Deno.test("soundOf() refuses a FLAC file of two hours by its header alone", async () => {
  const header = new Uint8Array(42);
  header.set([0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, 34]);
  const samples = 2 * 3600 * 16000;
  new DataView(header.buffer).setUint32(18, (16000 << 12) | (15 << 4)); // 16 kHz, mono, 16 bits
  new DataView(header.buffer).setUint32(22, samples);
  await rejects(soundOf(new Blob([header]), "long.flac"), {
    message: /at most 30 s, received 120 min/,
  });
  strictEqual(samples, 115_200_000);
});
