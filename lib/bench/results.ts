/** The benchmark's results on disk: outputs/bench/NAME.json, one file for each corpus. @module */
import { join } from "@std/path";
import { exists, PROJECT_ROOT, writeFileAtomic } from "../support/files.ts";
import { isRecord } from "./job.ts";
import type { Machine } from "./machine.ts";
import { isRowName, ROW_NAMES, type RowName } from "./rows.ts";

/** The folder of the results. */
export const BENCH_FOLDER: string = join(PROJECT_ROOT, "outputs", "bench");

/** What one side took. */
export interface SideResult {
  /** A number for each round, by the names of rows.ts. */
  samples: Record<string, number[]>;
  /** Versions of what did the work. */
  versions: Record<string, string>;
  /** Share of the machine that others used, for each process, in [0, 1]. */
  others: number[];
}

/** A measured row. */
export interface RowResult {
  row: RowName;
  /** Rounds. */
  rounds: number;
  /** When it was finished, ISO 8601. */
  measured: string;
  machine: Machine;
  ours: SideResult;
  /** The peer in the same rounds, if it was asked for. */
  peer?: SideResult;
}

/** What a file holds. */
export interface BenchResults {
  /** What was measured on: a corpus, or "project". */
  subject: string;
  /** In the order of the table. */
  rows: RowResult[];
}

/** The subjects, in the order of the table. */
export const SUBJECTS = ["ravdess", "savee", "emodb", "project"] as const;

/** One of them. */
export type Subject = typeof SUBJECTS[number];

/**
 * The rows of one measurement put into those that are there. A row is replaced as a whole, since both
 * its sides belong to one run; one without a peer does not replace one with it.
 * @param older Rows that are there.
 * @param newer Rows to put in.
 */
export function mergeRows(
  older: readonly RowResult[],
  newer: readonly RowResult[],
): RowResult[] {
  const byName = new Map(older.map((result) => [result.row, result]));
  for (const result of newer) {
    if (result.peer || !byName.get(result.row)?.peer) byName.set(result.row, result);
  }
  return [...byName.values()].sort((a, b) => ROW_NAMES.indexOf(a.row) - ROW_NAMES.indexOf(b.row));
}

/**
 * Reads what was measured.
 * @param folder Where the files are. @default {BENCH_FOLDER}
 * @returns Those that are there, in the order of `SUBJECTS`.
 * @throws {SyntaxError} If a file is not what `storeRows` writes.
 */
export async function storedResults(folder: string = BENCH_FOLDER): Promise<BenchResults[]> {
  const all = await Promise.all(SUBJECTS.map((subject) => readResults(subject, folder)));
  return all.filter((results) => results !== undefined);
}

/**
 * Adds measured rows to a subject's file.
 * @param subject What was measured on.
 * @param rows What came out.
 * @param folder Where the files are. @default {BENCH_FOLDER}
 * @returns The file, and whether rows with a peer that are there were kept instead.
 */
export async function storeRows(
  subject: Subject,
  rows: readonly RowResult[],
  folder: string = BENCH_FOLDER,
): Promise<{ path: string; kept: boolean }> {
  const older = await readResults(subject, folder);
  const merged = mergeRows(older?.rows ?? [], rows);
  const path = join(folder, `${subject}.json`);
  await writeFileAtomic(path, encodeResults({ subject, rows: merged }));
  return { path, kept: rows.some((row) => !merged.includes(row)) };
}

/** As JSON, the numbers of a row in one line. */
export const encodeResults = (results: BenchResults): string =>
  JSON.stringify(results, null, 1).replaceAll(
    /\[[\d\s.,e+-]+\]/g,
    (list) => list.replaceAll(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]"),
  ) + "\n";

async function readResults(subject: Subject, folder: string): Promise<BenchResults | undefined> {
  const path = join(folder, `${subject}.json`);
  if (!await exists(path)) return undefined;
  try {
    return decodeResults(await Deno.readTextFile(path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SyntaxError(
      `Cannot read "${path}": ${error.message}; delete it and measure again with "deno task bench"`,
    );
  }
}

/**
 * Reads the text of a file.
 * @param text JSON.
 * @throws {SyntaxError} If it is not what `encodeResults` makes.
 */
export function decodeResults(text: string): BenchResults {
  const results = JSON.parse(text) as BenchResults;
  if (typeof results?.subject !== "string" || !Array.isArray(results.rows)) {
    throw new SyntaxError("expected a subject and rows, received something else");
  }
  for (const { row, rounds, measured, machine, ours, peer } of results.rows) {
    const whole = isRowName(row) && rounds >= 1 && typeof measured === "string" &&
      typeof machine?.processor === "string" && isSide(ours) &&
      (peer === undefined || isSide(peer));
    if (!whole) {
      throw new SyntaxError(
        `expected rows with rounds, date, machine and samples, received ${JSON.stringify(row)}`,
      );
    }
  }
  return results;
}

const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === "number");

const isSide = (side: SideResult | undefined): boolean =>
  typeof side?.samples === "object" && Object.values(side.samples).every(isNumbers) &&
  isRecord(side.versions, "string") && isNumbers(side.others);
