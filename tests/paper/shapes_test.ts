import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { kernelsBetween, lengthsAfter, PRINTED_LENGTHS } from "ser/paper/shapes.ts";

Deno.test("the printed shapes need the kernels 9, 7, 5, 5, 3, and only the first is the text's", () => {
  deepStrictEqual(kernelsBetween(PRINTED_LENGTHS), [9, 7, 5, 5, 3]);
  deepStrictEqual(lengthsAfter(228, [9, 7, 5, 5, 3]), PRINTED_LENGTHS);
  strictEqual(PRINTED_LENGTHS.at(-1)! * 16, 3264); // the flattened tensor of section 3.5
  deepStrictEqual(lengthsAfter(228, [9, 9, 7, 7, 5]), [228, 220, 212, 206, 200, 196]);
});

Deno.test("lengthsAfter() counts the places of a window", () => {
  for (const frames of [5, 6, 9]) {
    for (const kernel of [1, 2, 5]) {
      let places = 0;
      for (let from = 0; from + kernel <= frames; from++) places++;
      deepStrictEqual(lengthsAfter(frames, [kernel]), [frames, places]);
    }
  }
  throws(() => lengthsAfter(5, [3, 4]), {
    name: "RangeError",
    message: "Cannot convolve: expected at least 4 positions, received 3",
  });
});
