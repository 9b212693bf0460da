/**
 * Protocol P2: at random, but with the same share of every emotion in each part, and with a validation
 * part beside the test part, so that nothing has to be chosen on the test part. @module
 */
import { RandomState } from "../../support/random.ts";
import { type Split, TEST_SHARE } from "../splits.ts";

/**
 * Splits into 64 % to train on, 16 % to validate and 20 % to test. Equals two calls of scikit-learn,
 * `rest, test = train_test_split(arange(n), test_size=0.2, stratify=y, random_state=seed)` and
 * `train, validation = train_test_split(rest, test_size=0.2, stratify=y[rest], random_state=seed)`.
 * Each part is in random order; the seed is an integer in [0, 2^32).
 * @throws {RangeError} If a class has too few utterances.
 */
export function stratifiedSplit(
  labels: ArrayLike<number>,
  { seed }: { seed: number },
): Required<Split> {
  const all = Int32Array.from({ length: labels.length }, (_, i) => i);
  const [rest, test] = takeStratified(all, labels, seed);
  const [train, validation] = takeStratified(rest, labels, seed);
  return { train, validation, test };
}

/** Draws the test share of the indices; gives those left and those drawn (`train_test_split`, stratified). */
function takeStratified(
  indices: Int32Array,
  labels: ArrayLike<number>,
  seed: number,
): [left: Int32Array, drawn: Int32Array] {
  const random = new RandomState(seed);
  const classes = Map.groupBy(indices, (i) => labels[i]);
  const members = [...classes.keys()].sort((a, b) => a - b).map((label) => classes.get(label)!);
  const n = indices.length, draws = Math.ceil(TEST_SHARE * n);
  checkSizes(members, n - draws, draws);
  const sizes = members.map((group) => group.length);
  const keep = likeliestDraw(sizes, n - draws, random);
  const draw = likeliestDraw(sizes.map((size, c) => size - keep[c]), draws, random);
  const left: number[] = [], drawn: number[] = [];
  for (const [c, group] of members.entries()) {
    const order = Array.from(random.permutation(group.length), (at) => group[at]);
    left.push(...order.slice(0, keep[c]));
    drawn.push(...order.slice(keep[c], keep[c] + draw[c]));
  }
  return [shuffled(left, random), shuffled(drawn, random)];
}

/**
 * How many of each class the likeliest draw without replacement has: each class's share rounded down,
 * then one more for those with the largest rest, ties by lot.
 */
function likeliestDraw(sizes: readonly number[], draws: number, random: RandomState): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const shares = sizes.map((size) => size / total * draws);
  const counts = shares.map(Math.floor), rests = shares.map((share, c) => share - counts[c]);
  let missing = draws - counts.reduce((sum, count) => sum + count, 0);
  for (const rest of [...new Set(rests)].sort((a, b) => b - a)) {
    if (missing === 0) break;
    const tied = rests.flatMap((other, c) => other === rest ? [c] : []);
    const chosen = shuffled(tied, random).slice(0, missing);
    for (const c of chosen) counts[c]++;
    missing -= chosen.length;
  }
  return counts;
}

const shuffled = (values: readonly number[], random: RandomState): Int32Array =>
  random.permutation(values.length).map((at) => values[at]);

function checkSizes(members: readonly (readonly number[])[], left: number, drawn: number): void {
  const smallest = Math.min(...members.map((group) => group.length));
  if (smallest >= 2 && Math.min(left, drawn) >= members.length) return;
  throw new RangeError(
    `Cannot split by class: expected two utterances of each and parts of at least ${members.length}, received parts of ${left} and ${drawn}, and a class of ${smallest}`,
  );
}
