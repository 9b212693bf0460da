import { ok, strictEqual, throws } from "node:assert/strict";
import { loadSignal } from "ser/audio/load.ts";
import { largestDifference, librosaExample } from "ser/features/librosa_example.ts";
import { mfcc } from "ser/features/mfcc.ts";

Deno.test("mfcc() of a recording of EmoDB equals librosa's, decoding and resampling included", async () => {
  const librosa = await librosaExample();
  const ours = mfcc((await loadSignal(librosa.path)).samples);
  strictEqual(ours.rows, librosa.mfcc.rows);
  ok(largestDifference(ours.data, librosa.mfcc.data) <= 0.1); // resamplers differ by that little
});

Deno.test("largestDifference() compares equally many numbers", () => {
  strictEqual(largestDifference([1, 5], [2, 2]), 3);
  throws(() => largestDifference([1], [1, 2]), /expected 2 numbers, received 1/);
});
