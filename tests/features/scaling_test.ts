import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { fitScaling } from "ser/features/scaling.ts";
import { RandomState } from "ser/support/random.ts";

const random = new RandomState(3);
const TRAIN = Float32Array.from({ length: 50 * 3 }, (_, i) => random.uniform() * (1 + i % 3) - 2);
const column = (values: Float32Array, c: number) => values.filter((_, i) => i % 3 === c);

Deno.test("fitScaling() minmax puts each training column exactly on [0, 1]", () => {
  const scaled = fitScaling(TRAIN, 3, "minmax")(TRAIN);
  for (const c of [0, 1, 2]) {
    const values = column(scaled, c);
    deepStrictEqual([Math.min(...values), Math.max(...values)], [0, 1]);
  }
});

Deno.test("fitScaling() z gives each training column mean 0 and deviation 1", () => {
  const scaled = fitScaling(TRAIN, 3, "z")(TRAIN);
  for (const c of [0, 1, 2]) {
    const values = [...column(scaled, c)];
    const mean = values.reduce((a, b) => a + b) / 50;
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 50);
    ok(Math.abs(mean) < 1e-6 && Math.abs(deviation - 1) < 1e-6); // float32, 50 terms
  }
});

Deno.test("fitScaling() looks at the training part alone", () => {
  const scale = fitScaling(Float32Array.of(0, 2, 4), 1, "z"); // mean 2, deviation sqrt(8 / 3)
  deepStrictEqual(scale(Float32Array.of(2, 100))[0], 0);
  deepStrictEqual(scale(Float32Array.of(100))[0], Math.fround(98 / Math.sqrt(8 / 3)));
});

Deno.test("fitScaling() raw changes nothing and shares no memory", () => {
  const values = Float32Array.of(-5, 7);
  const scaled = fitScaling(Float32Array.of(1, 2), 2, "raw")(values);
  deepStrictEqual(scaled, values);
  ok(scaled.buffer !== values.buffer);
});

Deno.test("fitScaling() only shifts a column that never varies", () => {
  const train = Float32Array.of(7, 7);
  for (const kind of ["minmax", "z"] as const) {
    deepStrictEqual([...fitScaling(train, 1, kind)(Float32Array.of(7, 9))], [0, 2]);
  }
});

Deno.test("fitScaling() refuses incomplete rows", () => {
  throws(() => fitScaling(new Float32Array(5), 2, "z"), {
    name: "RangeError",
    message: "Cannot fit the scaling: expected rows of 2 numbers, received 5 numbers",
  });
  throws(() => fitScaling(new Float32Array(0), 2, "z"), RangeError);
});
