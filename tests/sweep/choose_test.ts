import { strictEqual, throws } from "node:assert/strict";
import { type Choice, chooseExperiments } from "ser/sweep/choose.ts";
import { gridExperiments } from "ser/sweep/grid.ts";
import { GRIDS } from "ser/sweep/grids.ts";

const grid = gridExperiments(GRIDS.reference);

Deno.test("chooseExperiments() takes what has all that is wanted", () => {
  const number = (choice: Choice) => chooseExperiments(grid, choice).length;
  strictEqual(number({}), grid.length);
  strictEqual(number({ model: ["cnn"], split: ["random"] }), 3 * 2 * 5); // with two ablations
  strictEqual(number({ model: ["lstm", "dbn"], fold: [4, 5] }), 2 * (2 + 1)); // SAVEE has no fifth
  const short = chooseExperiments(grid, { corpus: ["savee"], seed: [4], epochs: 2 });
  strictEqual(short.length, 9);
  strictEqual(short.every(({ epochs }) => epochs === 2), true);
});

Deno.test("chooseExperiments() says what the grid has", () => {
  const fails = (choice: Choice, message: RegExp) =>
    throws(() => chooseExperiments(grid, choice), { name: "RangeError", message });
  fails({ corpus: ["savee", "emodb"] }, /expected corpus among savee, ravdess, received emodb/);
  fails({ seed: [5] }, /expected seed among 0, 1, 2, 3, 4, received 5/);
  fails({ fold: [6] }, /expected fold among 1, 2, 3, 4, 5, received 6/);
  fails({ fold: [1], seed: [2] }, /expected one of its 144 runs to have all .*"seed":\[2\]/);
  fails({ epochs: 0 }, /expected epochs to be a whole number >= 1, received 0/);
});
