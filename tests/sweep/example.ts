/** Results as a worker gives them, without training. */
import { join } from "@std/path";
import { thisMachine } from "ser/support/machine.ts";
import { expectedData } from "ser/sweep/expected.ts";
import type { ReferenceResult } from "ser/sweep/result.ts";
import { codeVersion } from "ser/support/code_version.ts";
import { type Experiment, experiment, runName } from "ser/training/experiment.ts";

/** Small enough to be trained in a test. */
export const small = (seed: number, epochs = 3): Experiment =>
  experiment({ model: "sdnn", corpus: "emodb", seed, epochs });

/** A made-up result: always the same class, with the digits that a training leaves. */
export async function exampleResult(described: Experiment): Promise<ReferenceResult> {
  const { data, tested } = await expectedData(described);
  const third = new Array<number>(described.epochs).fill(1 / 3);
  return {
    name: runName(described),
    experiment: described,
    data,
    history: {
      ...{ loss: third, accuracy: third, testLoss: third, testAccuracy: third, seconds: third },
    },
    predictions: tested.map(({ id, label }) => ({
      ...{ id, label, predicted: 1, probabilities: [0.142857, 0.571429, 0.2, 0.085714] },
    })),
    parameters: 7,
    backend: "cpu (plain JavaScript, one thread)",
    versions: { deno: "2.9.6" },
    code: await codeVersion(),
    machine: thisMachine(),
    started: "2026-01-02T03:04:05.678Z",
    finished: "2026-01-02T03:04:06.789Z",
    seconds: 1.23456,
  };
}

/** A folder that is removed after the test. */
export async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "ser-test-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The results of a folder by file, without times, machine and checkout, which no two sweeps share. */
export function resultsIn(folder: string): Record<string, unknown> {
  const files = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return Object.fromEntries(
    files.filter((name) => name.endsWith(".json")).map((name) => {
      const { result } = JSON.parse(Deno.readTextFileSync(join(folder, name)));
      for (const part of ["started", "finished", "seconds", "machine"]) delete result[part];
      delete result.history.seconds;
      delete result.code.commit;
      return [name, JSON.stringify(result)];
    }),
  );
}
