/** Choosing a part of a grid. @module */
import { didYouMean } from "../support/nearest.ts";
import { type Experiment, experiment } from "../training/experiment.ts";

/** What is wanted of each part of a grid's runs; what is not said is not chosen by. */
export interface Choice
  extends
    Partial<Record<"model" | "corpus" | "split", readonly string[]>>,
    Partial<Record<"seed" | "fold", readonly number[]>> {
  /** Another length for all. */
  epochs?: number;
}

const PARTS = ["model", "corpus", "split", "seed", "fold"] as const;

/**
 * The experiments of a grid that have all that is wanted, in the grid's order.
 * @param grid Complete experiments.
 * @param choice What is wanted.
 * @throws {RangeError} If no experiment has it, or the number of epochs is not accepted.
 */
export function chooseExperiments(grid: readonly Experiment[], choice: Choice): Experiment[] {
  for (const part of PARTS) {
    const there = new Set<unknown>(grid.map((each) => each[part]));
    const strange = choice[part]?.find((value) => !there.has(value));
    if (strange !== undefined) throw notInGrid(part, there, strange);
  }
  const chosen = grid.filter((each) =>
    PARTS.every((part) => (choice[part] as unknown[] | undefined)?.includes(each[part]) ?? true)
  );
  if (chosen.length === 0) {
    throw new RangeError(
      `Cannot choose from the grid: expected one of its ${grid.length} runs to have all of what is wanted, received ${
        JSON.stringify(choice)
      }`,
    );
  }
  const { epochs } = choice;
  return epochs === undefined ? chosen : chosen.map((each) => experiment({ ...each, epochs }));
}

function notInGrid(part: string, there: ReadonlySet<unknown>, strange: unknown): RangeError {
  const values = [...there].filter((value) => value !== undefined).map(String);
  return new RangeError(
    `Cannot choose from the grid: expected ${part} among ${
      values.join(", ") || "none"
    }, received ${strange}${didYouMean(String(strange), values)}; another grid may have it`,
  );
}
