/** Sums and means of plain numbers. @module */

/** Their sum; 0 of none. */
export const sum = (values: readonly number[]): number => values.reduce((all, x) => all + x, 0);

/** Their mean; NaN of none. */
export const mean = (values: readonly number[]): number => sum(values) / values.length;
