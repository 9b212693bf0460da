import { deepStrictEqual, throws } from "node:assert/strict";
import { powerToDb } from "ser/features/decibels.ts";

const matrix = (...values: number[]) => ({
  data: new Float32Array(values),
  rows: 1,
  columns: values.length,
});

Deno.test("powerToDb() gives 10 dB for ten times the power", () => {
  deepStrictEqual(powerToDb(matrix(1, 10, 100)), matrix(0, 10, 20));
});

Deno.test("powerToDb() cuts off topDb below the loudest of the whole recording", () => {
  deepStrictEqual(powerToDb(matrix(1, 1e-9), { topDb: 30 }), matrix(0, -30));
  deepStrictEqual(powerToDb(matrix(1, 1e-9), { topDb: Infinity }), matrix(0, -90));
});

Deno.test("powerToDb() has a floor, so that silence is -100 dB", () => {
  deepStrictEqual(powerToDb(matrix(0, 0)), matrix(-100, -100));
  deepStrictEqual(powerToDb(matrix(0, 1e-3), { floor: 1e-4 }), matrix(-40, -30));
});

Deno.test("powerToDb() refuses a negative range and a floor of 0", () => {
  throws(() => powerToDb(matrix(1), { topDb: -1 }), {
    name: "RangeError",
    message: "Cannot take levels: expected topDb >= 0 and floor > 0, received -1 and 1e-10",
  });
  throws(() => powerToDb(matrix(1), { floor: 0 }), RangeError);
});
