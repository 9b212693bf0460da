import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { judgeClaim, quantityOf } from "ser/evaluation/judge_ablations.ts";
import { type FinishedRun, groupRuns, type RunGroup } from "ser/evaluation/run_groups.ts";
import type { AblationClaim } from "ser/paper/ablation_claims.ts";
import { experiment } from "ser/training/experiment.ts";

/** Two epochs of each seed that end with these accuracies. */
function group(ending: number[], firstSeed = 0): RunGroup {
  const runs = ending.map((testAccuracy, i) => ({
    experiment: experiment({ seed: firstSeed + i }),
    data: { train: 4, test: 1 },
    history: {
      ...{ loss: [1, 1], accuracy: [0, 1], testLoss: [1, 1 + i], testAccuracy: [0, testAccuracy] },
      seconds: [1, 1],
    },
  }));
  return { ...groupRuns([experiment()], [])[0], runs: runs as unknown as FinishedRun[] };
}
const claim = (parts: Partial<AblationClaim>): AblationClaim => ({
  ...{ corpus: "ravdess", model: "cnn", change: "zero padding", quantity: "accuracy" },
  ...{ than: "usual", expected: "lower", printed: "" },
  ...parts,
});

Deno.test("quantityOf() measures a training of 250 epochs at 50 and at the end", () => {
  const testLoss = Array.from({ length: 250 }, (_, i) => i < 45 ? 9 : i < 55 ? 1 : i < 240 ? 7 : 3);
  const flat = testLoss.map(() => 0.5);
  const history = { loss: flat, accuracy: flat, testLoss, testAccuracy: flat, seconds: flat };
  strictEqual(quantityOf("last test loss", history), 3);
  strictEqual(quantityOf("rise of the test loss", history), 2);
  strictEqual(quantityOf("overfitting", history), 0);
  strictEqual(quantityOf("accuracy", history), 50);
  strictEqual(quantityOf("jumps of the test loss", history), 4 / 125); // one jump, from 7 to 3
});

Deno.test("judgeClaim() is certain only where the interval leaves out 0", () => {
  const usual = group([0.75, 0.5, 0.625]);
  const found = judgeClaim(claim({}), usual, group([0.25, 0.125, 0.125]))!;
  deepStrictEqual([found.seeds, found.usual, found.holds], [3, 62.5, "yes"]);
  ok(Math.abs(found.test!.difference - (50 / 3 - 62.5)) < 1e-9);
  const holds = (parts: Partial<AblationClaim>, changed: number[]) =>
    judgeClaim(claim(parts), usual, group(changed))!.holds;
  strictEqual(holds({ expected: "higher" }, [0.25, 0.125, 0.125]), "no");
  strictEqual(holds({}, [0, 0.5, 0.625]), "rather yes");
  strictEqual(holds({ expected: "higher" }, [0, 0.5, 0.625]), "rather no");
  strictEqual(holds({ expected: "equal" }, [0, 0.5, 0.625]), "not refuted");
  strictEqual(holds({ expected: "equal" }, [0.25, 0.125, 0.125]), "no");
});

Deno.test("judgeClaim() takes common seeds, and with two of them nothing for certain", () => {
  const found = judgeClaim(claim({}), group([0.5, 0.5, 0.5]), group([0.25, 0.25, 0.25], 1))!;
  deepStrictEqual([found.seeds, found.test, found.holds], [2, undefined, "rather yes"]);
  const equal = claim({ expected: "equal" });
  strictEqual(judgeClaim(equal, group([0.5]), group([0.5]))!.holds, "too few seeds");
  strictEqual(judgeClaim(claim({}), group([0.5]), group([0.5], 7)), undefined);
});

Deno.test("judgeClaim() needs no usual run for a claim on the change alone", () => {
  const rise = claim({ quantity: "rise of the test loss", than: "zero", expected: "higher" });
  const found = judgeClaim(rise, group([]), group([0.5, 0.5, 0.5]))!; // rises of 0, 1 and 2
  deepStrictEqual([found.changed, found.usual, found.holds], [1, undefined, "rather yes"]);
  strictEqual(judgeClaim(rise, group([0.5]), group([])), undefined);
});
