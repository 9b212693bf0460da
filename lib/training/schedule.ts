/** The learning rate over the epochs. @module */

/** From `from` on (epochs count from 0) the rate is `rate`, until a later step. */
export interface RateStep {
  /** First epoch with this rate; the first step's is 0. */
  from: number;
  /** Learning rate, > 0. */
  rate: number;
}

/**
 * "1e-3, which becomes 1e-4 in 100 epochs" (section 3.7), read as a step before epoch 100: epochs 0
 * to 99 have 1e-3. The paper's curves and a jump of 8-10 points at that epoch speak for a step.
 */
export const PAPER_SCHEDULE: readonly RateStep[] = [
  { from: 0, rate: 1e-3 },
  { from: 100, rate: 1e-4 },
];

/** The rate of one epoch, counted from 0; the steps are sorted. */
export function learningRateAt(steps: readonly RateStep[], epoch: number): number {
  return steps.findLast((step) => step.from <= epoch)!.rate;
}

/**
 * The same schedule for a run of another length: every step moves in proportion.
 * @param newEpochs The length wanted; steps that fall on one epoch become the last of them.
 */
export function scaleSchedule(
  steps: readonly RateStep[],
  epochs: number,
  newEpochs: number,
): RateStep[] {
  const scaled = new Map(
    steps.map(({ from, rate }) => [Math.round(from * newEpochs / epochs), rate]),
  );
  return [...scaled].map(([from, rate]) => ({ from, rate }));
}
