/** From power to level. @module */
import type { Matrix } from "./matrix.ts";

/** Range of the levels. */
export interface DecibelOptions {
  /** Decibels kept below the highest level; Infinity keeps all. @default {80} */
  topDb?: number;
  /** Least power, `> 0`, so that silence has a level. @default {1e-10} (-100 dB) */
  floor?: number;
}

/**
 * Levels 10 log10(max(floor, power)) in dB re 1, cut off `topDb` below the highest of the matrix.
 * @param power `[rows, columns]`, `>= 0`.
 * @param options Range.
 * @returns Levels of the same shape.
 * @throws {RangeError} If `topDb < 0` or `floor <= 0`.
 * @example Usage
 * ```ts
 * import { powerToDb } from "ser/features/decibels.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 *
 * const power = { data: new Float32Array([1, 100, 0]), rows: 1, columns: 3 };
 * deepStrictEqual(powerToDb(power).data, new Float32Array([0, 20, -60]));
 * ```
 */
export function powerToDb(power: Matrix, options: DecibelOptions = {}): Matrix {
  const { topDb = 80, floor = 1e-10 } = options;
  if (!(topDb >= 0) || !(floor > 0)) {
    throw new RangeError(
      `Cannot take levels: expected topDb >= 0 and floor > 0, received ${topDb} and ${floor}`,
    );
  }
  const data = power.data.map((value) => 10 * Math.log10(Math.max(floor, value)));
  const lowest = data.reduce((a, b) => Math.max(a, b), -Infinity) - topDb;
  for (let i = 0; i < data.length; i++) data[i] = Math.max(data[i], lowest);
  return { ...power, data };
}
