/** Finished runs without training: real utterances of the published corpora, answers by lot. */
import type { FinishedRun } from "ser/evaluation/run_groups.ts";
import { RandomState } from "ser/support/random.ts";
import { expectedData } from "ser/sweep/expected.ts";
import { type Experiment, runName } from "ser/training/experiment.ts";

/**
 * A run that is right with some probability, otherwise answers with one of the classes by lot; its
 * curves go straight from chance to the end, the test loss down to 1 at a fifth and then up to `loss`.
 */
export async function madeUpRun(
  described: Experiment,
  { right, loss = 1.5 }: { right: number; loss?: number },
): Promise<FinishedRun> {
  const { data, tested } = await expectedData(described);
  const { length } = data.classes, { epochs } = described;
  const random = new RandomState(1000 * described.seed + (described.fold ?? 0));
  const predictions = tested.map(({ id, label }) => {
    const predicted = random.uniform() < right ? label : random.integer(length - 1);
    const probabilities = data.classes.map((_, i) => i === predicted ? 1 : 0);
    return { id, label, predicted, probabilities };
  });
  const share = predictions.filter(({ label, predicted }) => label === predicted).length /
    predictions.length;
  const along = (end: number) =>
    Array.from({ length: epochs }, (_, i) => 1 / length + (end - 1 / length) * (i + 1) / epochs);
  const losses = Array.from({ length: epochs }, (_, i) => {
    const at = (i + 1) / epochs;
    return at < 0.2 ? 2 - 5 * at : 1 + (loss - 1) * (at - 0.2) / 0.8;
  });
  return {
    ...{ name: runName(described), experiment: described, data, predictions, parameters: 7 },
    history: {
      ...{ loss: losses, accuracy: along(1), testLoss: losses, testAccuracy: along(share) },
      seconds: losses.map(() => 1),
    },
    ...{ backend: "none (made up)", versions: {}, seconds: epochs },
    ...{ started: "2026-01-02T03:04:05.678Z", finished: "2026-01-02T03:04:06.789Z" },
  };
}
