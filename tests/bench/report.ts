/** Measured rows as text. @module */
import { corpusInfo } from "ser/corpora/info.ts";
import { quantile } from "ser/evaluation/quantile.ts";
import { table } from "ser/notebook/output.ts";
import type { RowResult, Subject } from "./results.ts";
import { rowOf } from "./rows.ts";

/** The middle of some numbers, at least one. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Stands where nothing was measured. */
export const NOTHING = "–";

/** The name of a subject for people. */
export const titleOf = (subject: Subject): string =>
  subject === "project" ? "The project" : corpusInfo(subject).title;

/** A number with three digits (four below 1) and its unit, which its name tells. */
export function quantity(value: number, name: string): string {
  const unit = name.endsWith("Megabytes") ? "MB" : name.endsWith("Ms") ? "ms" : "s";
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
  return `${value.toFixed(digits)} ${unit}`;
}

/** Both sides of one number of a row. */
export type Cells = Record<"ours" | "peer" | "ratio", string>;

/**
 * Medians of a number, their ratio, and the least and the largest ratio of a round; undefined where it
 * was not measured.
 */
export function cells({ ours, peer }: RowResult, name: string): Cells | undefined {
  const mine = ours.samples[name], theirs = peer?.samples[name];
  if (!mine?.length) return undefined;
  const middle = quantity(median(mine), name);
  if (!theirs?.length) return { ours: middle, peer: NOTHING, ratio: NOTHING };
  const rounds = mine.map((value, i) => value / theirs[i]);
  const spread = `${Math.min(...rounds).toFixed(2)}–${Math.max(...rounds).toFixed(2)}`;
  const ratio = (median(mine) / median(theirs)).toFixed(2);
  return {
    ...{ ours: middle, peer: quantity(median(theirs), name) },
    ratio: mine.length > 1 ? `${ratio} (${spread})` : ratio,
  };
}

/** Who the peer was. */
export const peerOf = ({ row, peer }: RowResult): string =>
  peer ? rowOf(row).peer!(peer.versions) : NOTHING;

/** "3 rounds" or "1–3 rounds". */
export function roundsText(rows: readonly RowResult[]): string {
  const rounds = rows.map((row) => row.rounds), most = Math.max(...rounds);
  return `${range(Math.min(...rounds), most)} ${most === 1 ? "round" : "rounds"}`;
}

/** "a" or "a–b". */
export const range = (from: string | number, to: string | number): string =>
  from === to ? `${from}` : `${from}–${to}`;

/** How busy others kept the machine, or nothing where that is not known. */
export function othersText(rows: readonly RowResult[]): string {
  const others = rows.flatMap(({ ours, peer }) => [...ours.others, ...peer?.others ?? []]);
  const share = (value: number) => `${Math.round(100 * value)} %`;
  if (others.length === 0) return "";
  return ` Other processes used ${share(median(others))} of the processors (median; at most ${
    share(Math.max(...others))
  }).`;
}

/** Everything that was measured of a row, for the terminal. */
export function rowText(subject: Subject, result: RowResult): string {
  const { title, metrics } = rowOf(result.row);
  const lines = Object.entries(metrics).flatMap(([name, what]) => {
    const found = cells(result, name);
    if (!found) return [];
    const { ours, peer, ratio } = found;
    return [{ [result.row]: what, ours, ...result.peer && { peer, "ours / peer": ratio } }];
  });
  const numbers = lines.length ? table(lines).bundle["text/plain"] : "Nothing was measured";
  const peer = result.peer ? `; peer: ${peerOf(result)}` : "";
  return `${titleOf(subject)}: ${title}\n${numbers}\n${roundsText([result])}${peer}.${
    othersText([result])
  }`;
}
