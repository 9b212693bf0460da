import { deepStrictEqual, equal, notEqual } from "node:assert/strict";
import { type Audio, decodeAudio } from "ser/audio/decode.ts";
import { fileSums, pcmBytes, sampleSha256 } from "ser/audio/fingerprint.ts";
import { sha256 } from "ser/support/files.ts";
import { bytesOf, chunk, format, wav, wav16 } from "./wav_bytes.ts";

const audio = (bitsPerSample: number, ...channels: number[][]): Audio => ({
  sampleRate: 16000,
  channels: channels.map((values) => new Float32Array(values)),
  bitsPerSample,
  float: false,
  codec: "wav",
});

Deno.test("pcmBytes() gives signed little-endian integers of the stored width", () => {
  deepStrictEqual([...pcmBytes(audio(8, [-1, 1 / 128]))], [0x80, 1]);
  deepStrictEqual([...pcmBytes(audio(12, [-1]))], [0, 0xf8]);
  deepStrictEqual([...pcmBytes(audio(16, [-1, 1 / 32768]))], [0, 0x80, 1, 0]);
  deepStrictEqual([...pcmBytes(audio(24, [-1, 2 ** -23]))], [0, 0, 0x80, 1, 0, 0]);
  deepStrictEqual([...pcmBytes(audio(32, [-1, 1]))], [0, 0, 0, 0x80, 0xff, 0xff, 0xff, 0x7f]);
});

Deno.test("pcmBytes() interleaves two channels", () => {
  deepStrictEqual([...pcmBytes(audio(8, [1 / 128, 3 / 128], [2 / 128, 4 / 128]))], [1, 2, 3, 4]);
});

Deno.test("sampleSha256() of 16-bit WAV is that of its data, other chunks aside", async () => {
  const values = [0, 1, -1, 32767, -32768];
  const expected = await sha256(bytesOf(new Int16Array(values)));
  equal(await sampleSha256(await decodeAudio(wav16(values))), expected);
  const data = chunk("data", bytesOf(new Int16Array(values)));
  const other = wav(chunk("FLLR", new Uint8Array(5)), format(), data);
  equal(await sampleSha256(await decodeAudio(other)), expected);
});

Deno.test("sampleSha256() of floats is that of their bytes, and changes with any sample", async () => {
  const values = new Float32Array([0.1, -0.2]);
  const decoded = await decodeAudio(
    wav(format({ codec: 3, bits: 32 }), chunk("data", bytesOf(values))),
  );
  const sum = await sampleSha256(decoded);
  equal(sum, await sha256(bytesOf(values)));
  decoded.channels[0][1] = -0.3;
  notEqual(await sampleSha256(decoded), sum);
});

Deno.test("fileSums() has the samples' sum of WAV files of integers, and of no others", async () => {
  for (const bits of [8, 16, 24, 32]) {
    const bytes = bytesOf(wav(format({ bits }), chunk("data", new Uint8Array(24).fill(7))));
    const { samples } = await fileSums(bytes);
    const known = bits === 16 || bits === 24;
    equal(samples, known ? await sampleSha256(await decodeAudio(bytes)) : undefined);
  }
});

Deno.test("fileSums() changes with every byte of the file, also of a damaged one", async () => {
  const whole = wav(format(), chunk("data", new Uint8Array(6)), chunk("LIST", new Uint8Array(4)));
  const sums = new Set([(await fileSums(whole)).file]);
  for (let i = 0; i < whole.length; i++) {
    const changed = whole.with(i, whole[i] ^ 1);
    sums.add((await fileSums(changed)).file);
    sums.add((await fileSums(whole.subarray(0, i))).file);
  }
  equal(sums.size, 1 + 2 * whole.length);
});
