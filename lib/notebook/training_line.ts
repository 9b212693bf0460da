/** The live line of a training: epoch, loss, accuracies, time left. @module */
import type { BatchReport, EpochReport } from "../training/fit.ts";
import { duration } from "../support/duration.ts";
import { LiveLine } from "./live.ts";
import { percent } from "../support/percent.ts";

/** What is drawn of a batch's or an epoch's report. */
export type TrainingReport =
  & Omit<BatchReport, "batch" | "batches">
  & Partial<BatchReport & EpochReport>;

/**
 * Callbacks that draw a training on one line; between epochs it keeps the last test scores. `close`
 * leaves the last state: call it in `finally`, so that a stopped training leaves it, too.
 * @param line The line to draw on. @default {a new one}
 * @param part What is looked at after each epoch (`curvePart`). @default {"test"}
 * @example Usage
 * ```ts
 * import { LiveLine } from "ser/notebook/live.ts";
 * import { trainingLine } from "ser/notebook/training_line.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const written: string[] = [];
 * const { onEpoch, close } = trainingLine(new LiveLine({
 *   ...{ write: (t) => written.push(t), terminal: false, interval: 0 },
 * }));
 * onEpoch({ epoch: 2, epochs: 9, loss: 1.5, accuracy: .4, testLoss: 2, testAccuracy: .3, secondsLeft: 70 });
 * deepStrictEqual(written, [
 *   "epoch 2 of 9 · training: loss 1.500, 40.0 % · test: loss 2.000, 30.0 % · 1 min 10 s left\n",
 * ]);
 * await close();
 * ```
 */
export function trainingLine(
  line: LiveLine = new LiveLine(),
  part: "validation" | "test" = "test",
) {
  let test = "";
  const draw = (report: TrainingReport) => {
    const { epoch, epochs, loss, accuracy, batch = 1, batches = 1 } = report;
    if (report.testLoss !== undefined && report.testAccuracy !== undefined) {
      test = scores(part, report.testLoss, report.testAccuracy);
    }
    const parts = [
      `epoch ${epoch} of ${epochs}`,
      scores("training", loss, accuracy),
      ...(test ? [test] : []),
      report.secondsLeft > 0 ? `${duration(report.secondsLeft)} left` : "done",
    ];
    line.update(parts.join(" · "), (epoch - 1 + batch / batches) / epochs);
  };
  return { onBatch: draw, onEpoch: draw, close: (text?: string) => line.close(text) };
}

function scores(name: string, loss: number, accuracy: number): string {
  return `${name}: loss ${loss.toFixed(3)}, ${percent(accuracy)}`;
}
