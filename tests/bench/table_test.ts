import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { quantity, rowText } from "ser/bench/table.ts";
import { example } from "./example.ts";

Deno.test("quantity() has three digits, four below 1, and none after the point from 100 on", () => {
  const values = [0.0123, 0.9994, 0.9996, 9.994, 9.996, 99.94, 99.96, 1862.4];
  deepStrictEqual(values.map((value) => quantity(value, "s")), [
    ...["0.012 s", "0.999 s", "1.00 s", "9.99 s", "10.0 s", "99.9 s", "100 s", "1862 s"],
  ]);
});

Deno.test("rowText() puts medians, their ratio and its spread side by side", () => {
  const result = example(
    "epoch-cnn",
    { epochSeconds: [0.5, 0.6, 1.5], peakMegabytes: [600, 600, 600] },
    { epochSeconds: [1, 0.9, 2], peakMegabytes: [800, 800, 800] },
  );
  strictEqual(
    rowText(result),
    `epoch-cnn: epoch of CNN
                   ours     peer        ours / peer
  warm epoch    0.600 s   1.00 s   0.60 (0.50–0.75)
  peak memory    600 MB   800 MB   0.75 (0.75–0.75)
  3 rounds; peer: Keras 3.15.1, TensorFlow 2.21.0, eager=False, jit off on CPU; other processes used 20 % of the processors`,
  );
});

Deno.test("rowText() has no columns for a peer that was not measured, and no spread of one round", () => {
  strictEqual(
    rowText(example("dbn", { runSeconds: [12.34] })),
    `dbn: DBN, whole run of the paper
                ours
  whole run   12.3 s
  1 round; other processes used 10 % of the processors`,
  );
  const once = example("dbn", { runSeconds: [2] }, { runSeconds: [8] });
  strictEqual(rowText(once).split("\n")[2], "  whole run   2.00 s   8.00 s          0.25");
});
