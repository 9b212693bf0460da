/** Whether a number of the paper comes out again. @module */
import { countsThatRoundTo } from "../paper/results.ts";
import { wilsonInterval } from "./interval.ts";
import { overSeeds } from "./over_seeds.ts";
import { percent, points } from "../support/percent.ts";

/** A number of the paper against our runs. */
export interface Verdict {
  outcome: "reproduced" | "not reproduced" | "impossible as printed";
  /** Numbers of right answers that round to the printed percentage; if none does, the nearest. */
  counts: number[];
  /** The true accuracies, in [0, 1], for which one of these counts would not be surprising. */
  interval: [number, number];
  /** Mean of our runs, in [0, 1]. */
  mean: number;
  /** Whether the mean lies in the interval, which for a possible number decides the outcome. */
  agrees: boolean;
  /** How many of our runs lie in it, each for itself. */
  within: number;
  /** The same in words, without a full stop. */
  words: string;
}

/**
 * Judges an accuracy of the paper, which is that of one run:
 * - "impossible as printed": no whole number of right answers rounds to the percentage. `agrees` then
 *   tells how the nearest one does.
 * - "reproduced": the mean of our runs lies in the Wilson 95 % interval of the paper's right answers
 *   (ends included). Where several counts round to the percentage, the interval reaches from the low
 *   end of the least to the high end of the most.
 * - "not reproduced": the mean lies above or below.
 *
 * The interval covers the chance of which utterances are tested, but not that of the paper's seed;
 * single runs of ours that do lie in it are therefore told, too.
 * @param paper The percentage digit by digit, and the number of test utterances, as in `PaperResult`.
 * @param ours Accuracies of our runs, in [0, 1], one for each seed, at least one.
 * @throws {RangeError} If the printed number is no percentage, an accuracy none, or there is no run.
 * @example Usage
 * ```ts
 * import { verdict } from "ser/evaluation/verdict.ts";
 * import { strictEqual } from "node:assert/strict";
 * const { outcome, words } = verdict({ printed: "74", total: 96 }, [0.72, 0.48, 0.54]);
 * strictEqual(outcome, "not reproduced");
 * strictEqual(
 *   words,
 *   "mean of 3 runs 58.0 %, below the 95 % interval of 71 of 96, 64.4-81.7 %; 1 run lies in it",
 * );
 * ```
 */
export function verdict(
  paper: { printed: string; total: number },
  ours: readonly number[],
): Verdict {
  const { possible, counts, interval } = impliedCounts(paper);
  checkAccuracies(ours);
  const inside = (share: number) => share >= interval[0] && share <= interval[1];
  const { mean } = overSeeds(ours);
  const agrees = inside(mean), within = ours.filter(inside).length;
  const outcome = !possible ? "impossible as printed" : agrees ? "reproduced" : "not reproduced";
  const found = { outcome, counts, interval, mean, agrees, within } as const;
  return { ...found, words: describe(found, paper, ours.length) };
}

/** What a printed percentage says. */
export interface ImpliedCounts {
  /** Whether a whole number of right answers rounds to it. */
  possible: boolean;
  /** These numbers, rising; if there is none, the nearest. */
  counts: number[];
  /** From the low end of the least one's Wilson 95 % interval to the high end of the most's. */
  interval: [number, number];
}

/**
 * The numbers of right answers that a percentage of the paper stands for.
 * @param paper The percentage digit by digit, and the number of test utterances.
 * @throws {RangeError} If the printed number is no percentage.
 * @example Usage
 * ```ts
 * import { impliedCounts } from "ser/evaluation/verdict.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual(impliedCounts({ printed: "77", total: 288 }).counts, [221, 222, 223]);
 * deepStrictEqual(impliedCounts({ printed: "45.18", total: 288 }).possible, false);
 * ```
 */
export function impliedCounts(paper: { printed: string; total: number }): ImpliedCounts {
  const { printed, total } = paper;
  checkPrinted(printed, total);
  const found = countsThatRoundTo(printed, total), possible = found.length > 0;
  const counts = possible ? found : [Math.round(Number(printed) / 100 * total)];
  const low = wilsonInterval(counts[0], total)[0];
  return { possible, counts, interval: [low, wilsonInterval(counts.at(-1)!, total)[1]] };
}

/** "221 to 223 of 288", or of the nearest count "about 130 of 288". */
export function impliedInWords(paper: { printed: string; total: number }): string {
  const { possible, counts } = impliedCounts(paper);
  return `${possible ? "" : "about "}${countsInWords(counts)} of ${paper.total}`;
}

/** "71", or "221 to 223". */
export const countsInWords = (counts: readonly number[]): string =>
  [...new Set([counts[0], counts.at(-1)])].join(" to ");

function describe(
  { outcome, counts, interval, mean, agrees, within }: Omit<Verdict, "words">,
  { printed, total }: { printed: string; total: number },
  runs: number,
): string {
  const impossible = outcome === "impossible as printed"
    ? `no whole number of ${total} is ${printed} %; taken as ${counts[0]}: `
    : "";
  const ours = runs === 1 ? "one run" : `mean of ${runs} runs`;
  const place = agrees ? "in" : mean < interval[0] ? "below" : "above";
  const range = interval.map(points).join("-");
  const single = runs === 1 ? "" : `; ${within} ${within === 1 ? "run lies" : "runs lie"} in it`;
  return `${impossible}${ours} ${percent(mean)}, ${place} the 95 % interval of ` +
    `${countsInWords(counts)} of ${total}, ${range} %${single}`;
}

function checkPrinted(printed: string, total: number): void {
  const percentage = /^\d+(\.\d+)?$/.test(printed) && Number(printed) <= 100;
  if (percentage && Number.isInteger(total) && total >= 1) return;
  throw new RangeError(
    `Cannot judge: expected a percentage and at least 1 test utterance, received "${printed}" and ${total}`,
  );
}

function checkAccuracies(ours: readonly number[]): void {
  const strange = ours.find((share) => !(share >= 0 && share <= 1));
  if (ours.length > 0 && strange === undefined) return;
  throw new RangeError(
    `Cannot judge: expected at least one accuracy in [0, 1], received ${strange ?? "none"}`,
  );
}
