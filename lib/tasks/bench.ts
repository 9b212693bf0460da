/** `deno task bench`: how fast it is, and how fast Python is on the same machine. @module */
import { relative } from "@std/path";
import { peerSide, type Side } from "../bench/child.ts";
import { setUpPeer } from "../bench/peer_python.ts";
import { corpusShape } from "../bench/random_dataset.ts";
import { storeRows, type Subject } from "../bench/results.ts";
import { measureRow } from "../bench/rounds.ts";
import { chooseRows, type LabelledJob, ROW_NAMES, type RowName, rowOf } from "../bench/rows.ts";
import { rowText } from "../bench/table.ts";
import { corpusInfo } from "../corpora/info.ts";
import { loadCorpus } from "../corpora/load.ts";
import { CorpusError } from "../corpora/problems.ts";
import type { CorpusName } from "../corpora/types.ts";
import { LiveLine } from "../notebook/live.ts";
import { setUpPython } from "../setup/python.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import { helpText, parseTaskArgs, type TaskHelp, UsageError } from "./help.ts";
import { setUpBackend } from "./prepare.ts";

const HELP: TaskHelp = {
  name: "bench",
  usage: "[ROW...] [--corpus NAME] [--peer] [--rounds N]",
  about:
    "Measures how long the project's work takes, each measurement in a process of its own, and with --peer the\n" +
    "same work in Python (Keras, librosa, NumPy) in turns with ours, so that a busy machine hits both. Epochs\n" +
    "run on random data in the shape of the corpus and include a look at the test set, on both sides. Results\n" +
    "go to outputs/bench/; `deno task readme` writes the README's table from them.\n\n" +
    "ROW is a row, or the beginning of several, for example epoch. Without one: all.",
  options: [
    ["--corpus NAME", "ravdess, savee, both, or emodb (its features alone); default both"],
    ["--peer", "measure the Python peer, too; made on first use (480 MB), or SER_BENCH_PYTHON"],
    ["--rounds N", "how often; default 3"],
    ["--list", "what the rows are"],
  ],
};

const CORPORA: Readonly<Record<string, readonly CorpusName[]>> = {
  both: ["ravdess", "savee"],
  ravdess: ["ravdess"],
  savee: ["savee"],
  emodb: ["emodb"],
};

/** What the command line asks for. */
interface Wish {
  rows: readonly RowName[];
  corpora: readonly CorpusName[];
  peer: boolean;
  rounds: number;
}

/**
 * Runs the task.
 * @param args Arguments after its name.
 * @returns 0 if something was measured, else 1.
 * @throws {UsageError} On a wrong command line.
 */
export async function main(args: string[]): Promise<number> {
  const { values, words, help } = parseTaskArgs(args, {
    corpus: { type: "string" },
    peer: { type: "boolean" },
    rounds: { type: "string" },
    list: { type: "boolean" },
  }, true);
  if (help) {
    console.log(helpText(HELP));
    return 0;
  }
  if (values.list) {
    console.log(rowList());
    return 0;
  }
  return await bench(readWish(values, words));
}

/** The rows with what they are, and which have no peer. */
const rowList = (): string =>
  ROW_NAMES.map((name) => {
    const { title, peer } = rowOf(name);
    return `  ${name.padEnd(22)}${title}${peer ? "" : " (no peer)"}`;
  }).join("\n");

/**
 * Reads the options.
 * @param values By name.
 * @param words Beginnings of rows.
 * @throws {UsageError} If one is not accepted.
 */
export function readWish(values: Record<string, unknown>, words: readonly string[]): Wish {
  const { corpus = "both", rounds = "3", peer } = values as Record<string, string>;
  if (!Object.hasOwn(CORPORA, corpus)) {
    throw new UsageError(
      `Expected --corpus ${Object.keys(CORPORA).join(", ")}, received "${corpus}"`,
    );
  }
  if (!/^[1-9]\d{0,2}$/.test(rounds)) {
    throw new UsageError(`Expected --rounds to be a whole number from 1, received "${rounds}"`);
  }
  try {
    const rows = chooseRows(words);
    return { rows, corpora: CORPORA[corpus], peer: Boolean(peer), rounds: Number(rounds) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(error.message);
  }
}

async function bench({ rows, corpora, peer, rounds }: Wish): Promise<number> {
  const line = new LiveLine();
  await setUpBackend();
  const python = peer && rows.some((name) => rowOf(name).peer) ? await setUpPeer(line) : undefined;
  const side = python === undefined ? undefined : peerSide(python);
  const own = rows.filter((name) => rowOf(name).needs === "nothing");
  const others = rows.filter((name) => rowOf(name).needs !== "nothing");
  let measured = 0;
  for (const corpus of corpora) {
    measured += await measureAll(corpus, others, { rounds, side, line });
  }
  if (own.includes("start")) await setUpPython("notebook", { line });
  measured += await measureAll("project", own, { rounds, side, line });
  return measured > 0 ? 0 : 1;
}

/** How the rows of a subject are measured. */
interface Means {
  rounds: number;
  side: Side | undefined;
  line: LiveLine;
}

/** Measures rows and stores each when it is done; returns how many there were. */
async function measureAll(
  subject: Subject,
  rows: readonly RowName[],
  { rounds, side, line }: Means,
): Promise<number> {
  const start = performance.now(), title = titleOf(subject);
  let measured = 0;
  for (const name of rows) {
    const jobs = await jobsOf(subject, name).catch((error) => {
      if (!(error instanceof CorpusError)) throw error;
      line.end(
        `${title}, ${name}: left out. ${error.message}. The excerpt that comes with the project: --corpus emodb`,
      );
    });
    if (!jobs) continue;
    const progress = (text: string) => {
      const minutes = (performance.now() - start) / 60_000;
      line.update(`${title}, ${text} (${minutes.toFixed(1)} min so far)`);
    };
    const result = await measureRow(name, jobs, { rounds, peer: side, progress });
    measured++;
    const { path, kept } = await storeRows(subject, [result]);
    const where = kept
      ? `Not stored: ${
        relative(PROJECT_ROOT, path)
      } has this row with the peer; add --peer to replace it`
      : `Stored in ${relative(PROJECT_ROOT, path)}`;
    line.end();
    console.log(`\n${title}\n${rowText(result)}\n  ${where}`);
  }
  return measured;
}

const titleOf = (subject: Subject): string =>
  subject === "project" ? "The project" : corpusInfo(subject).title;

/** The processes of a round; undefined where the row is not of this corpus. */
async function jobsOf(
  subject: Subject,
  name: RowName,
): Promise<readonly LabelledJob[] | undefined> {
  const row = rowOf(name);
  if (row.needs === "nothing") return row.jobs();
  if (subject === "project") return undefined;
  if (row.needs === "audio") {
    const { utterances } = await loadCorpus(subject);
    return row.jobs(utterances.map(({ path }) => path));
  }
  return corpusInfo(subject).frames === undefined ? undefined : row.jobs(corpusShape(subject));
}
