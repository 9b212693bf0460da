/** `deno task bench`: how fast it is, and how fast Python is on the same machine. @module */
import { fromFileUrl, relative } from "@std/path";
import { LiveLine } from "ser/notebook/live.ts";
import { corpusInfo } from "ser/corpora/info.ts";
import { loadCorpus } from "ser/corpora/load.ts";
import { CorpusError } from "ser/corpora/problems.ts";
import { randomSplit } from "ser/corpora/splits.ts";
import type { CorpusName } from "ser/corpora/types.ts";
import { setUpPinned } from "ser/setup/pinned.ts";
import { setUpPython } from "ser/setup/python.ts";
import { PROJECT_ROOT, userCache } from "ser/support/files.ts";
import {
  COUNT,
  numberOption,
  oneOf,
  parseTaskArgs,
  type TaskHelp,
  UsageError,
} from "ser/tasks/help.ts";
import { runMain } from "ser/tasks/mod.ts";
import { setUpBackend } from "ser/tasks/prepare.ts";
import { rowText, titleOf } from "./report.ts";
import { MY_BENCH, PUBLISHED_BENCH, storedResults, storeRow, type Subject } from "./results.ts";
import { measureRow, peerSide, type Side } from "./rounds.ts";
import { chooseRows, type Job, ROW_NAMES, type RowName, rowOf, type Shape } from "./rows.ts";

const HELP: TaskHelp = {
  name: "bench",
  words: true,
  about:
    "Measures how long the project's work takes, each measurement in a process of its own, and with --peer the\n" +
    "same work in Python (Keras, librosa, NumPy) in turns with ours, so that a busy machine hits both. Epochs\n" +
    "run on random data in the shape of the corpus and include a look at the test set, on both sides. Results\n" +
    "go to outputs/mine/bench/; --publish puts them into outputs/bench/, of which `deno task readme` writes the\n" +
    "README's tables.\n\n" +
    "ROW is a row, or the beginning of several, for example epoch. Without one: all.",
  options: [
    ["--corpus NAME", "ravdess, savee, both, or emodb (its features alone); default both"],
    ["--peer", "measure the Python peer, too; made on first use (480 MB), or SER_BENCH_PYTHON"],
    ["--rounds N", "how often; default 3"],
    ["--list", "what the rows are"],
    ["--publish", "measure nothing, put what was measured here into outputs/bench/"],
  ],
};

const CORPORA: Readonly<Record<string, readonly CorpusName[]>> = {
  ...{ both: ["ravdess", "savee"], ravdess: ["ravdess"], savee: ["savee"], emodb: ["emodb"] },
};

const ROUNDS = ["a whole number from 1", (n: number) => COUNT[1](n) && n < 1000] as const;

/**
 * Runs the task.
 * @returns 0 if something was measured, else 1.
 * @throws {UsageError} On a wrong command line.
 */
export async function main(args: string[]): Promise<number> {
  const parsed = parseTaskArgs(args, HELP);
  if (!parsed) return 0;
  const { values, words } = parsed;
  if (values.publish) return await publish();
  if (!values.list) return await bench(readWish(values, words));
  console.log(rowList());
  return 0;
}

/** The rows, with what each is, and which have no peer. */
const rowList = (): string =>
  ROW_NAMES.map((name) => {
    const { title, peer } = rowOf(name);
    return `  ${name.padEnd(22)}${title}${peer ? "" : " (no peer)"}`;
  }).join("\n");

/**
 * Reads the options, and the words, which are beginnings of rows.
 * @throws {UsageError} If one is not accepted.
 */
export function readWish(values: Record<string, unknown>, words: readonly string[]) {
  const corpus = oneOf("--corpus", String(values.corpus ?? "both"), Object.keys(CORPORA));
  const rounds = numberOption(values, "rounds", ROUNDS) ?? 3;
  try {
    const rows = chooseRows(words);
    return { rows, corpora: CORPORA[corpus], peer: values.peer === true, rounds };
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

/** Puts the reader's rows into the published ones; returns 1 if there is none. */
async function publish(): Promise<number> {
  const mine = await storedResults(MY_BENCH);
  for (const { subject, rows } of mine) {
    for (const row of rows) await storeRow(subject, row, PUBLISHED_BENCH);
  }
  const places = mine.map(({ subject }) => `outputs/bench/${subject}.json`);
  console.log(places.join("\n") || "Nothing was measured yet; see: deno task bench --help");
  return mine.length > 0 ? 0 : 1;
}

/** Measures each row on each corpus, those that need none at the end; stores each when it is done. */
async function bench(
  { rows, corpora, peer, rounds }: ReturnType<typeof readWish>,
): Promise<number> {
  const line = new LiveLine();
  await setUpBackend();
  if (rows.includes("start")) await setUpPython("notebook", { line });
  const side = peer && rows.some((row) => rowOf(row).peer) ? await peerIn(line) : undefined;
  const start = performance.now();
  let measured = 0;
  for (const subject of [...corpora, "project"] as const) {
    for (const row of rows) {
      const jobs = await jobsOf(subject, row).catch((error) => {
        if (!(error instanceof CorpusError)) throw error;
        line.end(
          `${
            titleOf(subject)
          }, ${row}: left out. ${error.message}. The excerpt that comes with the project: --corpus emodb`,
        );
      });
      if (!jobs) continue;
      const progress = (text: string) => {
        const minutes = ((performance.now() - start) / 60_000).toFixed(1);
        line.update(`${titleOf(subject)}, ${text} (${minutes} min so far)`);
      };
      const result = await measureRow(row, jobs, { rounds, peer: side, progress });
      const { path, stored } = await storeRow(subject, result, MY_BENCH);
      const file = relative(PROJECT_ROOT, path);
      const where = stored
        ? `Stored in ${file}`
        : `Not stored: ${file} has this row with the peer; add --peer to replace it`;
      line.end();
      console.log(`\n${rowText(subject, result)}\n${where}`);
      measured++;
    }
  }
  return measured > 0 ? 0 : 1;
}

/** The peer: its Python is made on first use, or is the one that SER_BENCH_PYTHON names. */
const peerIn = async (line: LiveLine): Promise<Side> =>
  peerSide(
    await setUpPinned({
      ...{ variable: "SER_BENCH_PYTHON", what: "Keras, TensorFlow and librosa" },
      list: fromFileUrl(new URL("requirements.txt", import.meta.url)),
      ...{ cache: userCache("bench"), space: 4e9, download: "480 MB", line },
    }),
  );

/** The processes of a round; undefined where the row is not of this subject. */
async function jobsOf(subject: Subject, name: RowName): Promise<Record<string, Job> | undefined> {
  const { jobs } = rowOf(name);
  if ("alone" in jobs) return subject === "project" ? jobs.alone : undefined;
  if (subject === "project") return undefined;
  if ("onFiles" in jobs) {
    return jobs.onFiles((await loadCorpus(subject)).utterances.map(({ path }) => path));
  }
  const shape = corpusShape(subject);
  return shape && jobs.onShape(shape);
}

/** The sizes of a corpus under the paper's split; undefined if its frames are not known before reading. */
export function corpusShape(corpus: CorpusName): Shape | undefined {
  const { utterances, frames, emotions } = corpusInfo(corpus);
  if (frames === undefined) return undefined;
  const { train, test } = randomSplit(utterances, { seed: 0 });
  return {
    ...{ train: train.length, test: test.length, frames },
    ...{ coefficients: 40, classes: emotions.length },
  };
}

if (import.meta.main) await runMain("bench", main);
