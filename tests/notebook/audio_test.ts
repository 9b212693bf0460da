import { match, strictEqual } from "node:assert/strict";
import { audio } from "ser/notebook/audio.ts";

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
