/** The steps of `deno task test`: running them all, counting, and the last line. @module */

/** What a step found. */
export interface StepResult {
  /** Checks or tests that passed, failed, and were left out. */
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, ready to print; empty if nothing. */
  report: string;
}

/** One step. */
export interface Step {
  /** What it does, for example "formatting". */
  name: string;
  /** Does it. */
  run: () => Promise<StepResult>;
}

/** A step of one check: passed if the report is empty. */
export const oneCheck = (report: string): StepResult => ({
  passed: report ? 0 : 1,
  failed: report ? 1 : 0,
  skipped: 0,
  report,
});

/**
 * The sum of several results.
 * @example Usage
 * ```ts
 * import { oneCheck, sumResults } from "./steps.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const sum = sumResults([oneCheck(""), oneCheck("line 3 is too long")]);
 * deepStrictEqual(sum, { passed: 1, failed: 1, skipped: 0, report: "line 3 is too long" });
 * ```
 */
export function sumResults(results: readonly StepResult[]): StepResult {
  const sum = (key: "passed" | "failed" | "skipped") =>
    results.reduce((total, result) => total + result[key], 0);
  return {
    passed: sum("passed"),
    failed: sum("failed"),
    skipped: sum("skipped"),
    report: results.map((result) => result.report).filter(Boolean).join("\n\n"),
  };
}

/** "12 passed, 1 failed", and what was skipped if anything was. */
export function countText({ passed, failed, skipped }: StepResult): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

/**
 * Runs the steps one after the other. One that fails, or even throws, does not stop the others.
 * @param steps The steps.
 * @param print Prints a line.
 * @returns All counts together.
 */
export async function runSteps(
  steps: readonly Step[],
  print: (text: string) => void,
): Promise<StepResult> {
  const results: StepResult[] = [];
  for (const { name, run } of steps) {
    const start = performance.now();
    const result = await run().catch((error) => oneCheck(describe(error)));
    results.push(result);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (result.report) print(`\n${result.report}\n`);
    print(`${name}: ${countText(result)} (${seconds} s)`);
  }
  return sumResults(results);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

/**
 * Reads the last line of `deno test`, such as "FAILED | 12 passed (3 steps) | 1 failed | 2 ignored".
 * @param output What it printed, without colours.
 * @returns `undefined` if there is no such line: the run did not come to its end.
 */
export function parseTestSummary(output: string): Omit<StepResult, "report"> | undefined {
  const line = /^(?:ok|FAILED) \| (\d+) passed.*$/m.exec(output);
  if (!line) return undefined;
  const count = (word: string) => Number(new RegExp(`\\| (\\d+) ${word}`).exec(line[0])?.[1] ?? 0);
  return { passed: count("passed"), failed: count("failed"), skipped: count("ignored") };
}
