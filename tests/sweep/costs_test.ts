import { strictEqual } from "node:assert/strict";
import { thisMachine } from "ser/support/machine.ts";
import { estimator, secondsTogether, usualSeconds } from "ser/sweep/costs.ts";
import { experiment } from "ser/training/experiment.ts";

const machine = thisMachine(), other = { ...machine, cores: machine.cores + 1 };

Deno.test("estimator() takes the median of the same model and corpus on this machine", () => {
  const run = (seconds: number, on = machine) => ({
    experiment: experiment({ model: "cnn", epochs: 10 }),
    seconds,
    machine: on,
  });
  const estimate = estimator([run(10), run(40), run(20), run(1, other)], machine);
  strictEqual(estimate(experiment({ model: "cnn", seed: 3 })), 5 + 2 * 250);
  const savee = experiment({ model: "cnn", corpus: "savee" });
  strictEqual(estimate(savee), usualSeconds(savee));
  const even = estimator([run(10), run(20)], machine);
  strictEqual(even(experiment({ model: "cnn", epochs: 2 })), 5 + 3);
});

Deno.test("secondsTogether() gives each run to the worker that is free first", () => {
  strictEqual(secondsTogether([], 2), 0);
  strictEqual(secondsTogether([5, 1, 2, 4], 2), 7); // 5 | 1, 2, 4
  strictEqual(secondsTogether([5, 1, 2, 4], 1), 12);
  strictEqual(secondsTogether([5, 1], 3), 5);
});
