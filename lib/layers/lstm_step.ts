/**
 * One step of an LSTM in plain numbers: the equations of the layer one by one, to read and to check
 * the layer against (Hochreiter & Schmidhuber 1997, with the forget gate of Gers, Schmidhuber &
 * Cummins 2000). @module
 */
type Rows = readonly (readonly number[])[];

/** Weights as the layer has them; the columns are input gate, forget gate, candidate, output gate. */
export interface LstmWeights {
  /** W, weights of the frame, shape `[features][4 units]`. */
  kernel: Rows;
  /** U, weights of the hidden state before, shape `[units][4 units]`. */
  recurrentKernel: Rows;
  /** b, shape `[4 units]`. */
  bias: readonly number[];
}

/** What goes from one frame to the next. */
export interface LstmState {
  /** h, what the layer puts out, shape `[units]`, each value in (-1, 1). */
  hidden: number[];
  /** c, the memory behind it, shape `[units]`. */
  cell: number[];
}

/** A step with all that it computes on the way, `[units]` each. */
export interface LstmStep extends LstmState {
  /** i, how much of the candidate is written, in (0, 1). */
  input: number[];
  /** f, how much of the cell is kept, in (0, 1). */
  forget: number[];
  /** g, what might be written, in (-1, 1). */
  candidate: number[];
  /** o, how much of the cell is shown, in (0, 1). */
  output: number[];
}

/**
 * Reads one frame.
 * @param frame x, shape `[features]`.
 * @param state What the frame before left.
 * @param weights Of the layer.
 * @returns Gates, candidate, new cell and new hidden state.
 * @throws {RangeError} If the sizes do not fit one another.
 * @example Usage
 * ```ts
 * import { lstmStep } from "ser/layers/lstm_step.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const weights = { kernel: [[0, 0, 0, 0]], recurrentKernel: [[0, 0, 0, 0]], bias: [0, 0, 0, 0] };
 * const { forget, cell } = lstmStep([7], { hidden: [0], cell: [1] }, weights);
 * deepStrictEqual([forget, cell], [[0.5], [0.5]]); // a gate of zero weights is half open
 * ```
 */
export function lstmStep(
  frame: readonly number[],
  state: LstmState,
  weights: LstmWeights,
): LstmStep {
  checkSizes(frame, state, weights);
  const { kernel, recurrentKernel, bias } = weights, units = state.hidden.length;
  const sums = bias.map((b, j) =>
    b + dot(frame, kernel.map((row) => row[j])) +
    dot(state.hidden, recurrentKernel.map((row) => row[j]))
  );
  const part = (k: number) => sums.slice(k * units, (k + 1) * units);
  const input = part(0).map(sigmoid);
  const forget = part(1).map(sigmoid);
  const candidate = part(2).map(Math.tanh);
  const output = part(3).map(sigmoid);
  const cell = state.cell.map((c, k) => forget[k] * c + input[k] * candidate[k]);
  const hidden = cell.map((c, k) => output[k] * Math.tanh(c));
  return { input, forget, candidate, output, cell, hidden };
}

/**
 * Reads frames one after the other, from zero states.
 * @param frames Shape `[time][features]`.
 * @param weights Of the layer.
 * @returns One step for each frame.
 * @throws {RangeError} If the sizes do not fit one another.
 */
export function lstmSteps(frames: Rows, weights: LstmWeights): LstmStep[] {
  const units = weights.recurrentKernel.length;
  let state: LstmState = { hidden: Array(units).fill(0), cell: Array(units).fill(0) };
  return frames.map((frame) => {
    const step = lstmStep(frame, state, weights);
    state = step;
    return step;
  });
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i], 0);

function checkSizes(frame: readonly number[], state: LstmState, weights: LstmWeights): void {
  const features = frame.length, units = state.hidden.length, columns = 4 * units;
  const { kernel, recurrentKernel, bias } = weights;
  const fits = units >= 1 && state.cell.length === units && bias.length === columns &&
    kernel.length === features && recurrentKernel.length === units &&
    [...kernel, ...recurrentKernel].every((row) => row.length === columns);
  if (fits) return;
  const size = (rows: Rows) => `[${rows.length}, ${rows[0]?.length ?? 0}]`;
  throw new RangeError(
    `Cannot step the LSTM: expected a kernel [${features}, ${columns}], a recurrent kernel ` +
      `[${units}, ${columns}] and a bias [${columns}] for ${features} features and ${units} units, ` +
      `received ${size(kernel)}, ${size(recurrentKernel)} and [${bias.length}]`,
  );
}
