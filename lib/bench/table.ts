/** Measured rows as text. @module */
import type { RowResult } from "./results.ts";
import { type Metric, rowOf } from "./rows.ts";
import { compare, median } from "./statistics.ts";

/**
 * A number with three digits and its unit.
 * @param value In the unit.
 * @param unit As in `Metric`.
 * @example Usage
 * ```ts
 * import { quantity } from "ser/bench/table.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * deepStrictEqual([quantity(0.13871, "s"), quantity(12.34, "s"), quantity(678.9, "MB")], [
 *   "0.139 s",
 *   "12.3 s",
 *   "679 MB",
 * ]);
 * ```
 */
export function quantity(value: number, unit: Metric["unit"]): string {
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
  return `${value.toFixed(digits)} ${unit}`;
}

/** Both sides of one number of a row. */
export interface Cells {
  ours: string;
  peer: string;
  ratio: string;
}

/** Stands where nothing was measured. */
export const NOTHING = "–";

/**
 * What is told of one number.
 * @param result The row.
 * @param metric Which number.
 * @returns Medians and their ratio with its spread over the rounds; undefined where it was not measured.
 */
export function cells({ ours, peer }: RowResult, { name, unit }: Metric): Cells | undefined {
  const mine = ours.samples[name], theirs = peer?.samples[name];
  if (!mine?.length) return undefined;
  if (!theirs?.length) {
    return { ours: quantity(median(mine), unit), peer: NOTHING, ratio: NOTHING };
  }
  const { ratio, least, most } = compare(mine, theirs);
  const spread = mine.length > 1 ? ` (${least.toFixed(2)}–${most.toFixed(2)})` : "";
  return {
    ours: quantity(median(mine), unit),
    peer: quantity(median(theirs), unit),
    ratio: `${ratio.toFixed(2)}${spread}`,
  };
}

/**
 * Everything that was measured of a row, for the terminal.
 * @param result The row.
 */
export function rowText(result: RowResult): string {
  const row = rowOf(result.row);
  const lines = row.metrics.flatMap((metric) => {
    const found = cells(result, metric);
    return found ? [[metric.title, found.ours, found.peer, found.ratio]] : [];
  });
  if (!result.peer) { for (const line of lines) line.length = 2; }
  const head = ["", "ours", "peer", "ours / peer"].slice(0, lines[0]?.length ?? 1);
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => line[i].length)));
  const text = [head, ...lines].map((line) =>
    "  " + line.map((cell, i) => i ? cell.padStart(widths[i]) : cell.padEnd(widths[i])).join("   ")
  );
  return [`${result.row}: ${row.title}`, ...text, `  ${circumstances(result)}`].join("\n");
}

/** Rounds, peer, and how busy the machine was. */
function circumstances({ row, rounds, ours, peer }: RowResult): string {
  const others = [...ours.others, ...peer?.others ?? []];
  return [
    `${rounds} ${rounds === 1 ? "round" : "rounds"}`,
    ...peer ? [`peer: ${rowOf(row).peer!(peer.versions)}`] : [],
    ...others.length ? [`other processes used ${share(median(others))} of the processors`] : [],
  ].join("; ");
}

/** A share as a whole percentage. */
export const share = (value: number): string => `${Math.round(100 * value)} %`;
