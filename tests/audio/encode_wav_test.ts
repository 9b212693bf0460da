import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { decodeAudio } from "ser/audio/decode.ts";
import { encodeWav } from "ser/audio/encode_wav.ts";

Deno.test("encodeWav() writes what a decoder reads, clipped to 16 bits", async () => {
  const file = encodeWav([0, 0.5, -0.5, 2, -2], 16000);
  strictEqual(file.length, 44 + 10);
  const decoded = await decodeAudio(file, "test.wav");
  deepStrictEqual([decoded.sampleRate, decoded.channels.length, decoded.bitsPerSample], [
    16000,
    1,
    16,
  ]);
  const expected = [0, 0.5, -0.5, 1, -1];
  decoded.channels[0].forEach((value, i) => ok(Math.abs(value - expected[i]) <= 2 ** -15)); // one step
});
