import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { decodeAudio } from "ser/audio/decode.ts";
import { audio, encodeWav } from "ser/notebook/audio.ts";

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

Deno.test("audio() plays at 16 kHz at most and says how much that is", () => {
  const { bundle } = audio({ samples: new Float32Array(44100), sampleRate: 22050 }, "A <pause>");
  strictEqual(bundle["text/plain"], "Audio: A <pause> (2.0 s, 64 KB)"); // 2 s x 16,000 x 2 bytes
  const source = String(bundle["text/html"]);
  match(source, /A &lt;pause&gt; \(2.0 s, 64 KB\)/);
  match(source, /<audio controls preload="metadata" src="data:audio\/wav;base64,UklGR/);
});

Deno.test("audio() keeps a slower sound and a file's bytes as they are", () => {
  const slow = audio({ samples: new Float32Array(8000), sampleRate: 8000 }, "Slow").bundle;
  strictEqual(slow["text/plain"], "Audio: Slow (1.0 s, 16 KB)");
  const bytes = Uint8Array.of(0x66, 0x4c, 0x61, 0x43); // "fLaC"
  const file = audio({ bytes, type: "audio/flac" }, "File").bundle;
  match(String(file["text/html"]), /src="data:audio\/flac;base64,ZkxhQw=="/);
});
