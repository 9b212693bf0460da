import { ok, strictEqual, throws } from "node:assert/strict";
import { meydaMfcc, spectralCentroid } from "ser/features/meyda.ts";
import { mfcc } from "ser/features/mfcc.ts";

const RATE = 22050;
const tone = (hz: number, amplitude = 0.5) =>
  Float32Array.from({ length: 8192 }, (_, i) => amplitude * Math.sin(2 * Math.PI * hz * i / RATE));
const plus = (a: Float32Array, b: Float32Array) => a.map((x, i) => x + b[i]);

Deno.test("spectralCentroid() of two equal tones lies midway", () => {
  const centroid = spectralCentroid(plus(tone(1000), tone(3000)), RATE);
  ok(Math.abs(centroid - 2000) < 20); // the window's side lobes pull a little towards the middle
});

Deno.test("spectralCentroid() does not depend on the level, nor on silence around", () => {
  const padded = new Float32Array(8192 * 3);
  padded.set(tone(1000), 8192);
  const alone = spectralCentroid(tone(1000), RATE);
  ok(Math.abs(spectralCentroid(tone(1000, 0.05), RATE) - alone) < 0.1);
  ok(Math.abs(spectralCentroid(padded, RATE) - alone) < 60); // frames across the ends are broader
});

Deno.test("spectralCentroid() says what it cannot measure", () => {
  throws(() => spectralCentroid(new Float32Array(8192), RATE), {
    name: "RangeError",
    message: /received silence/,
  });
  throws(() => spectralCentroid(new Float32Array(100), RATE), /received 100 samples/);
});

Deno.test("meydaMfcc() gives Meyda's numbers, which are not librosa's", () => {
  const frame = tone(440).slice(0, 2048);
  const theirs = meydaMfcc(frame, 22050);
  strictEqual(theirs.length, 13);
  const ours = mfcc(frame).data.slice(2 * 40, 2 * 40 + 13); // centred on sample 1024
  ok(theirs.every(Number.isFinite) && Math.abs(theirs[0] - ours[0]) > 10);
});
