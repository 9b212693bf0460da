/**
 * Whether probabilities mean what they say (calibration), and temperature scaling, which mends them with
 * one number (Guo, Pleiss, Sun & Weinberger 2017, ICML, arXiv 1706.04599). @module
 */
import { argMax } from "../layers/loss.ts";
import { sum } from "./mean.ts";

/** Where the logarithm stops: as in the training loss. */
const LEAST_PROBABILITY = 1e-37;
/** Temperatures that are looked at: networks have been neither surer nor less sure than that. */
const COLDEST = 0.05, HOTTEST = 50;

/**
 * Divides the logits by a temperature: above 1 the answer is less sure, below 1 surer; the most
 * probable class stays.
 * @param probabilities Of one utterance, `[classes]`, sum 1.
 * @param temperature `> 0`.
 * @returns `[classes]`, sum 1.
 * @throws {RangeError} If the temperature is not `> 0`.
 * @example Usage
 * ```ts
 * import { withTemperature } from "ser/evaluation/calibration.ts";
 * import { ok } from "node:assert/strict";
 * const [sure, other] = withTemperature([0.9, 0.1], 2); // odds of 9 become the square root, 3
 * ok(Math.abs(sure - 0.75) < 1e-12 && Math.abs(other - 0.25) < 1e-12);
 * ```
 */
export function withTemperature(probabilities: ArrayLike<number>, temperature: number): number[] {
  if (!(temperature > 0)) {
    throw new RangeError(`Cannot calibrate: expected a temperature > 0, received ${temperature}`);
  }
  const logits = Array.from(probabilities, (p) => Math.log(Math.max(p, LEAST_PROBABILITY)));
  return softmax(logits, temperature);
}

/** Probabilities of logits, `[classes]`, that a temperature divides. */
export function softmax(logits: readonly number[], temperature = 1): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const whole = sum(powers);
  return powers.map((power) => power / whole);
}

/** Answers and the truth. */
export interface LabelledAnswers {
  /** Row-major `[n, classes]`, each row sums to 1, n >= 1. */
  probabilities: ArrayLike<number>;
  /** True classes, `[n]`. */
  labels: ArrayLike<number>;
}

/** One row of probabilities for each label. */
function rowsOf({ probabilities, labels }: LabelledAnswers): number[][] {
  const n = labels.length, classes = probabilities.length / n;
  if (n === 0 || !Number.isInteger(classes)) {
    throw new RangeError(
      `Cannot judge the probabilities: expected as many for each label, at least one, received ${probabilities.length} for ${n} labels`,
    );
  }
  const all = Array.from(probabilities);
  return Array.from({ length: n }, (_, i) => all.slice(i * classes, (i + 1) * classes));
}

/**
 * The temperature with the least mean of `-log p(true class)`, by golden-section search over its
 * logarithm: the loss has one minimum, since it is convex in 1/temperature.
 * @param answers Of utterances that the network did not learn from.
 * @returns From 0.05 to 50; an end of that range if all answers are right, or none is.
 * @throws {RangeError} If there are no answers.
 */
export function fitTemperature(answers: LabelledAnswers): number {
  const rows = rowsOf(answers);
  const loss = (logTemperature: number) =>
    rows.reduce((sum, row, i) =>
      sum - Math.log(
        Math.max(withTemperature(row, Math.exp(logTemperature))[answers.labels[i]], 1e-300),
      ), 0);
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(COLDEST), high = Math.log(HOTTEST);
  let a = high - ratio * (high - low), b = low + ratio * (high - low);
  let lossA = loss(a), lossB = loss(b);
  while (high - low > 1e-6) {
    if (lossA < lossB) {
      [high, b, lossB] = [b, a, lossA];
      a = high - ratio * (high - low);
      lossA = loss(a);
    } else {
      [low, a, lossA] = [a, b, lossB];
      b = low + ratio * (high - low);
      lossB = loss(b);
    }
  }
  return Math.exp((low + high) / 2);
}

/** Answers that were about equally sure. */
export interface ReliabilityBin {
  /** Bounds of the largest probability: above `from`, up to `to`. */
  from: number;
  to: number;
  count: number;
  /** Share of right answers, in [0, 1]; NaN of none. */
  accuracy: number;
  /** Mean of the largest probability, in [0, 1]; NaN of none. */
  confidence: number;
}

/**
 * Sorts answers by how sure they are: the reliability diagram.
 * @param bins Bins of equal width over (0, 1]. @default {10}
 * @throws {RangeError} If there are no answers.
 */
export function reliability(answers: LabelledAnswers, bins = 10): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, correct: 0, confidence: 0 }));
  rowsOf(answers).forEach((row, i) => {
    const best = argMax(row), confidence = row[best];
    const bin = sums[Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1))];
    bin.count++;
    bin.confidence += confidence;
    if (best === answers.labels[i]) bin.correct++;
  });
  return sums.map(({ count, correct, confidence }, bin) => ({
    from: bin / bins,
    to: (bin + 1) / bins,
    count,
    accuracy: correct / count,
    confidence: confidence / count,
  }));
}

/**
 * Expected calibration error: the mean distance between how sure the answers are and how often they are
 * right, each bin weighted by its answers.
 * @param bins As {@linkcode reliability} gives.
 * @returns In [0, 1]; 0 if a probability of 70 % is right in 70 of 100 cases, and so on.
 * @example Usage
 * ```ts
 * import { calibrationError, reliability } from "ser/evaluation/calibration.ts";
 * import { ok } from "node:assert/strict";
 * const answers = { probabilities: [0.9, 0.1, 0.8, 0.2], labels: [0, 1] }; // 0.9 right, 0.8 wrong
 * ok(Math.abs(calibrationError(reliability(answers)) - (0.1 + 0.8) / 2) < 1e-12);
 * ```
 */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce(
    (sum, { count, accuracy, confidence }) =>
      count === 0 ? sum : sum + count / total * Math.abs(accuracy - confidence),
    0,
  );
}
