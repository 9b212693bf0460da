// A file of its own: the clock that it sets forward is seen by lib/support/yield.ts, too.
import { deepStrictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { fit } from "ser/training/fit.ts";
import { smallData, smallModel } from "./small.ts";

await loadBackend();

Deno.test("fit() saves every 20 seconds where the interval is left undefined", async () => {
  const clock = performance.now, epochs: number[] = [];
  let now = 0;
  performance.now = () => now += 30_000; // each look at the clock is 30 s later
  try {
    await fit(smallModel(1), smallData(), {
      epochs: 3,
      saveEvery: undefined, // as trainOrLoad() passes it on
      save: (state) => Promise.resolve(void epochs.push(state.epoch)),
    });
  } finally {
    performance.now = clock;
  }
  deepStrictEqual(epochs, [1, 2, 3]);
});
