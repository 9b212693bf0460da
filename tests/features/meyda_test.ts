import { ok, strictEqual, throws } from "node:assert/strict";
import { level, meydaMfcc } from "ser/features/meyda.ts";
import { mfcc } from "ser/features/mfcc.ts";

const tone = (amplitude: number) =>
  Float32Array.from({ length: 8192 }, (_, i) => amplitude * Math.sin(i / 10));

Deno.test("level() falls by 20 dB for a tenth of the amplitude", () => {
  ok(Math.abs(level(tone(1)) - level(tone(0.1)) - 20) < 1e-4); // float32 samples
});

Deno.test("level() leaves silence around the speech out", () => {
  const padded = new Float32Array(8192 * 3);
  padded.set(tone(0.5), 8192);
  ok(Math.abs(level(padded) - level(tone(0.5))) < 1.5); // frames that straddle the ends are softer
});

Deno.test("level() says what it cannot measure", () => {
  throws(() => level(new Float32Array(8192)), { name: "RangeError", message: /received silence/ });
  throws(() => level(new Float32Array(100)), /received 100 samples/);
});

Deno.test("meydaMfcc() gives Meyda's numbers, which are not librosa's", () => {
  const frame = tone(0.5).slice(0, 2048);
  const theirs = meydaMfcc(frame, 22050);
  strictEqual(theirs.length, 13);
  const ours = mfcc(frame).data.slice(2 * 40, 2 * 40 + 13); // centred on sample 1024
  ok(theirs.every(Number.isFinite) && Math.abs(theirs[0] - ours[0]) > 10);
});
