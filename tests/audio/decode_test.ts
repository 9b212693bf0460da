import { deepStrictEqual, equal, rejects } from "node:assert/strict";
import { decodeAudio, toMono } from "ser/audio/decode.ts";
import { bytesOf, chunk, format, wav } from "./wav_bytes.ts";

Deno.test("decodeAudio() says that a file is empty", async () => {
  await rejects(decodeAudio(new Uint8Array(0), "a.wav"), {
    name: "SyntaxError",
    message:
      'Cannot decode "a.wav": expected a WAV or FLAC file, received an empty one; copy or download it again',
  });
});

for (const start of ["Hello, world", "x", "RIFF1234WEBP", "PK\x03\x04"]) {
  Deno.test(`decodeAudio() refuses what begins with ${JSON.stringify(start)}`, async () => {
    const bytes = Uint8Array.from(start, (char) => char.charCodeAt(0));
    await rejects(decodeAudio(bytes, "a.wav"), {
      name: "SyntaxError",
      message: `Cannot decode "a.wav": expected a WAV or FLAC file, received one that begins with ${
        JSON.stringify(start)
      }; convert it to WAV or FLAC`,
    });
  });
}

for (const value of [NaN, Infinity, -Infinity, 1e19, -300, 32767]) {
  Deno.test(`decodeAudio() refuses a sample that is ${value}`, async () => {
    const data = bytesOf(new Float32Array([0, 0, 0, value]));
    const bytes = wav(format({ codec: 3, bits: 32, channels: 2 }), chunk("data", data));
    await rejects(decodeAudio(bytes, "a.wav"), {
      name: "RangeError",
      message:
        `Cannot decode "a.wav": expected samples in [-256, 256] (full scale is 1), received ${value} at sample 1 (0.0000625 s) of channel 2; the file is damaged, or its full scale is not 1: export it again as 16-bit WAV`,
    });
  });
}

Deno.test("decodeAudio() refuses a double that float32 cannot hold", async () => {
  const bytes = wav(
    format({ codec: 3, bits: 64 }),
    chunk("data", bytesOf(new Float64Array([1e300]))),
  );
  await rejects(decodeAudio(bytes), {
    name: "RangeError",
    message: /received Infinity at sample 0/,
  });
});

Deno.test("decodeAudio() takes floats beyond full scale up to 256 times as they are", async () => {
  const values = new Float32Array([1.5, -4, 256, -256]);
  const bytes = wav(format({ codec: 3, bits: 32 }), chunk("data", bytesOf(values)));
  deepStrictEqual((await decodeAudio(bytes)).channels, [values]);
});

Deno.test("toMono() averages two channels and leaves one as it is", () => {
  const about = { sampleRate: 8000, bitsPerSample: 16, float: false, codec: "wav" as const };
  const left = new Float32Array([0.5, 1 / 32768, -1]), right = new Float32Array([0.25, 0, 1]);
  deepStrictEqual(Array.from(toMono({ ...about, channels: [left, right] })), [0.375, 2 ** -16, 0]);
  equal(toMono({ ...about, channels: [left] }), left);
});
