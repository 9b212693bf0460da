/** The benchmark's results on disk: NAME.json, one file for each corpus. @module */
import { join } from "@std/path";
import { CORPUS_NAMES } from "ser/corpora/info.ts";
import type { CorpusName } from "ser/corpora/types.ts";
import { exists, MINE, PUBLISHED, writeFileAtomic } from "ser/support/files.ts";
import type { Machine } from "ser/support/machine.ts";
import { ROW_NAMES, type RowName } from "./rows.ts";

/** The results that the README tells, and those of whoever measures, which are not in git. */
export const PUBLISHED_BENCH: string = join(PUBLISHED, "bench"), MY_BENCH = join(MINE, "bench");

/** What one side took: a number for each round. */
export interface SideResult {
  samples: Record<string, number[]>;
  /** Versions of what did the work. */
  versions: Record<string, string>;
  /** Share of the machine that others used, for each process, in [0, 1]. */
  others: number[];
}

/** A measured row. */
export interface RowResult {
  row: RowName;
  rounds: number;
  /** When it was finished, ISO 8601. */
  measured: string;
  machine: Machine;
  ours: SideResult;
  /** The peer in the same rounds, if it was asked for. */
  peer?: SideResult;
}

/** The subjects that rows are measured on, in the order of the table. */
export const SUBJECTS: readonly Subject[] = [...CORPUS_NAMES, "project"];

/** One of them. */
export type Subject = CorpusName | "project";

/** What a file holds, in the order of the table. */
export interface BenchResults {
  subject: Subject;
  rows: RowResult[];
}

/**
 * Reads what was measured, in the order of `SUBJECTS`.
 * @throws {SyntaxError} If a file is not what `storeRow` writes.
 */
export async function storedResults(folder: string): Promise<BenchResults[]> {
  const all = await Promise.all(SUBJECTS.map((subject) => readResults(subject, folder)));
  return all.filter(({ rows }) => rows.length > 0);
}

/**
 * Puts a row into a subject's file, in place of the same row of before: both its sides belong to one run.
 * A row without a peer does not replace one with it.
 * @returns The file, and whether the row was stored.
 */
export async function storeRow(
  subject: Subject,
  result: RowResult,
  folder: string,
): Promise<{ path: string; stored: boolean }> {
  const path = join(folder, `${subject}.json`), { rows } = await readResults(subject, folder);
  const older = rows.find(({ row }) => row === result.row);
  if (older?.peer && !result.peer) return { path, stored: false };
  const all = [...rows.filter((row) => row !== older), result]
    .sort((a, b) => ROW_NAMES.indexOf(a.row) - ROW_NAMES.indexOf(b.row));
  const text = JSON.stringify({ subject, rows: all }, null, 1).replaceAll(
    /\[\s*([\d\s.,e+-]*?)\s*\]/g, // the numbers of a row in one line
    (_, list: string) => `[${list.replaceAll(/\s+/g, " ")}]`,
  );
  await writeFileAtomic(path, `${text}\n`);
  return { path, stored: true };
}

async function readResults(subject: Subject, folder: string): Promise<BenchResults> {
  const path = join(folder, `${subject}.json`);
  if (!await exists(path)) return { subject, rows: [] };
  try {
    const results = JSON.parse(await Deno.readTextFile(path)) as BenchResults;
    if (results.rows.every(({ row, ours }) => ROW_NAMES.includes(row) && ours.samples)) {
      return results;
    }
  } catch (error) { // not JSON, or not rows
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new SyntaxError(
    `Cannot read "${path}": expected measured rows, received something else; delete it and measure again with "deno task bench"`,
  );
}
