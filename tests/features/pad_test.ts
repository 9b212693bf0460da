import { deepStrictEqual, notEqual, throws } from "node:assert/strict";
import { padFrames, timeAverage } from "ser/features/pad.ts";

const matrix = (rows: number, ...values: number[]) => ({
  data: new Float32Array(values),
  rows,
  columns: values.length / rows,
});

Deno.test("padFrames() puts zeros before the frames, or after them", () => {
  const m = matrix(2, 1, 2, 3, 4);
  deepStrictEqual(padFrames(m, 4), matrix(4, 0, 0, 0, 0, 1, 2, 3, 4));
  deepStrictEqual(padFrames(m, 4, "after"), matrix(4, 1, 2, 3, 4, 0, 0, 0, 0));
});

Deno.test("padFrames() to the frames that are there is a copy", () => {
  const m = matrix(2, 1, 2, 3, 4);
  deepStrictEqual(padFrames(m, 2), m);
  notEqual(padFrames(m, 2).data, m.data);
});

Deno.test("padFrames() never drops a frame", () => {
  throws(() => padFrames(matrix(3, 1, 2, 3), 2), {
    name: "RangeError",
    message: "Cannot pad the features: expected at least their own 3 frames, received 2",
  });
});

Deno.test("timeAverage() is the mean of each column", () => {
  deepStrictEqual(timeAverage(matrix(3, 1, 10, 2, 20, 6, 30)), new Float32Array([3, 20]));
});

Deno.test("timeAverage() of features padded with zeros is smaller by the share of frames", () => {
  deepStrictEqual(timeAverage(padFrames(matrix(1, 8, -4), 4)), new Float32Array([2, -1]));
});

Deno.test("timeAverage() refuses features without a frame", () => {
  throws(() => timeAverage({ data: new Float32Array(0), rows: 0, columns: 40 }), {
    name: "RangeError",
    message: "Cannot average the features: expected at least 1 frame, received 0",
  });
});
