/** `deno task data`: which corpora are there, getting them, checking them. @module */
import { checkCorpus } from "../corpora/check.ts";
import { availableCorpora, corpusPlaces, findCorpus, notFoundError } from "../corpora/find.ts";
import { CORPUS_NAMES, corpusInfo } from "../corpora/info.ts";
import { listCorpus, loadCorpus } from "../corpora/load.ts";
import { obtainRavdess, RAVDESS_ARCHIVE } from "../corpora/obtain.ts";
import { CorpusError, count, type Problem, shortPath } from "../corpora/problems.ts";
import type { CorpusName } from "../corpora/types.ts";
import { formatBytes } from "../support/disk.ts";
import { LiveLine } from "../notebook/live.ts";
import type { Progress } from "../support/progress.ts";
import { oneOf, task, type TaskHelp, UsageError } from "./help.ts";

const HELP: TaskHelp = {
  name: "data",
  words: true,
  about: `Without a word: which corpora are found, and whether their files are complete.

  ravdess            downloads RAVDESS (${
    formatBytes(RAVDESS_ARCHIVE.bytes)
  }) into data/ravdess; goes on where it was interrupted
  savee              tells where to register for SAVEE and where to put it
  emodb              tells about the excerpt that comes with the project
  check [CORPUS...]  decodes every file and compares the samples with data/manifests

Corpora are looked for under SER_DATA (if set) and in data/: in folders ravdess, savee, emodb.`,
};

const VERBS: Record<string, (rest: string[]) => Promise<number>> = {
  ravdess: (rest) => tell("ravdess", rest),
  savee: (rest) => tell("savee", rest),
  emodb: (rest) => tell("emodb", rest),
  check,
};

/** @returns 0 if all is well, 1 if a corpus is not as it should be. */
export const main = task(HELP, async ({ words }) => {
  const [verb, ...rest] = words;
  if (verb === undefined) return await list();
  return await VERBS[oneOf("one of", verb, Object.keys(VERBS))](rest);
});

/** One line for each corpus, and below it what is wrong with its files. */
async function list(): Promise<number> {
  console.log(`Looked in ${corpusPlaces().map((place) => `"${shortPath(place)}"`).join(" and ")}:`);
  let wrong = 0;
  for (const name of CORPUS_NAMES) {
    const { title, obtain, utterances } = corpusInfo(name);
    const root = await findCorpus(name);
    if (root === undefined) {
      console.log(`${title}: not there; to get it: ${obtain}`);
      continue;
    }
    const problems = await problemsOf(name);
    const state = problems.length === 0 ? `all ${count(utterances, "file")}` : "not as published";
    console.log(`${title}: "${shortPath(root)}", ${state}`);
    problems.forEach(printProblem);
    wrong += problems.length;
  }
  console.log('"deno task data check" compares the samples too');
  return wrong === 0 ? 0 : 1;
}

async function problemsOf(name: CorpusName): Promise<readonly Problem[]> {
  try {
    return (await listCorpus(name)).problems;
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    return [{ kind: "missing", files: [], message: error.message }];
  }
}

const printProblem = ({ kind, message }: Problem) => console.log(`  ${kind}: ${message}`);

/** Says where a corpus is, or how to get it; RAVDESS is downloaded if it is not there. */
async function tell(name: CorpusName, rest: string[]): Promise<number> {
  expectNothing(rest);
  const { title, licence, citation, utterances } = corpusInfo(name);
  const there = await findCorpus(name);
  if (there === undefined && name !== "ravdess") throw notFoundError(name);
  const root = there === undefined ? await fetchRavdess() : there;
  await loadCorpus(name, { root });
  console.log(`${title} is in "${shortPath(root)}", all ${count(utterances, "file")}`);
  console.log(`Licence: ${licence}\nCite: ${citation}`);
  return 0;
}

async function fetchRavdess(): Promise<string> {
  const line = new LiveLine();
  const progress: Progress = (done, total, what) => {
    const step = what === "bytes" ? "Downloading" : "Unpacking";
    line.update(`${step} RAVDESS: ${formatBytes(done)} of ${formatBytes(total)}`);
  };
  const warn = (message: string) => line.end(message);
  return await obtainRavdess({ progress, warn }).finally(() => line.end());
}

/** Compares the samples of corpora, of those that are found if none is named. */
async function check(words: string[]): Promise<number> {
  const names = words.length > 0 ? words.map(asCorpusName) : await availableCorpora();
  let wrong = 0;
  for (const name of names) {
    const line = new LiveLine();
    const { title, utterances } = corpusInfo(name);
    const progress: Progress = (done, total, what) =>
      line.update(`${title}: ${what} ${done} of ${total}`);
    const corpus = await checkCorpus(name, { progress }).finally(() => line.end());
    const good = corpus.utterances.length;
    const state = corpus.problems.length === 0 ? "as published" : "good, the others are not";
    console.log(
      `${title}: "${shortPath(corpus.root)}", ${good} of ${
        count(utterances, "recording")
      } ${state}`,
    );
    corpus.problems.forEach(printProblem);
    wrong += corpus.problems.length;
  }
  return wrong === 0 ? 0 : 1;
}

const asCorpusName = (word: string): CorpusName => oneOf("a corpus, one of", word, CORPUS_NAMES);

function expectNothing(words: string[]): void {
  if (words.length === 0) return;
  throw new UsageError(`Expected nothing more, received "${words.join(" ")}"`);
}
