/** What the tests of figures read. @module */
import { deepStrictEqual } from "node:assert/strict";
import type { Figure } from "ser/plots/figure.ts";

/** Title of an axis, "" if there is none. */
export function axisTitle({ layout }: Figure, axis: string): string {
  return (layout[axis] as { title?: { text: string } })?.title?.text ?? "";
}

/** Fails if the figure would change by becoming JSON (typed arrays, undefined, NaN). */
export function isPlainJson(figure: Figure): void {
  deepStrictEqual(JSON.parse(JSON.stringify(figure)), figure);
}

/** A sine of 200 Hz, amplitude 0.5. */
export function tone(seconds: number, sampleRate: number): Float32Array {
  const step = 2 * Math.PI * 200 / sampleRate;
  return Float32Array.from({ length: seconds * sampleRate }, (_, n) => 0.5 * Math.sin(n * step));
}
