/** A number with its interval, drawn as a dot with a bar. @module */
import { hundredths } from "./figure.ts";

/** A number and how far it may be off; all in the unit of the axis. */
export interface Spread {
  value: number;
  interval?: readonly [number, number];
  /** What the number is a mean of, drawn as small circles. */
  single?: readonly number[];
}

/**
 * A share with its interval, and the shares that it is a mean of, in percent.
 * @param share In [0, 1], as are the others.
 */
export const spreadOfShare = (
  share: number,
  interval?: readonly [number, number],
  single?: readonly number[],
): Spread => ({
  value: 100 * share,
  ...(interval ? { interval: [100 * interval[0], 100 * interval[1]] as const } : {}),
  ...(single ? { single: single.map((each) => 100 * each) } : {}),
});

/** The bars of a trace's dots, Plotly's `error_x`. */
export const errorBars = (spreads: readonly Spread[], color: string) => ({
  ...{ type: "data", symmetric: false, thickness: 2, width: 4, color },
  array: spreads.map(({ value, interval }) => interval ? hundredths(interval[1] - value) : 0),
  arrayminus: spreads.map(({ value, interval }) => interval ? hundredths(value - interval[0]) : 0),
});

/** What a dot says when it is pointed at: "CNN, the paper: 70.0 (65.0 to 75.0)". */
export function spreadInWords(row: string, of: string, { value, interval }: Spread): string {
  const range = interval ? ` (${interval.map((end) => end.toFixed(1)).join(" to ")})` : "";
  return `${row}, ${of}: ${value.toFixed(1)}${range}`;
}
