/** What can be wrong with a corpus on disk, and the one message that says all of it. @module */
import { relative, SEPARATOR } from "@std/path";
import { PROJECT_ROOT } from "../support/files.ts";
import type { CorpusInfo, Refusal } from "./types.ts";

/** One problem of a corpus and every file that has it. */
export interface Problem {
  /** What is wrong: utterances that should be there, files that should not, or files of wrong samples. */
  kind: "missing" | "counts" | Refusal["kind"] | "duplicate" | "unreadable" | "altered";
  /** The files, as paths in the corpus; ids of utterances for `missing`; empty for `counts`. */
  files: string[];
  /** One line for the reader, without the kind. */
  message: string;
}

/** A corpus that cannot be used as it is. */
export class CorpusError extends Error {
  override readonly name = "CorpusError";

  /**
   * @param message What failed, what was expected and what to do.
   * @param problems The single problems, where files were looked at.
   */
  constructor(message: string, readonly problems: readonly Problem[] = []) {
    super(message);
  }
}

/**
 * Makes the error for a corpus with problems: one line each, and what to do at the end.
 * @param info The corpus.
 * @param root Its folder.
 * @param problems At least one.
 * @param good Utterances that are there and not known to be damaged.
 * @param expected Utterances that there should be.
 */
export function problemsError(
  info: CorpusInfo,
  root: string,
  problems: readonly Problem[],
  good: number,
  expected: number,
): CorpusError {
  const lines = [
    `Cannot load ${info.title} from "${shortPath(root)}": expected ${
      count(expected, "utterance")
    }, found ${good.toLocaleString("en")} good`,
    ...problems.map((problem) => `  ${problem.kind}: ${problem.message}`),
    good > 0
      ? `Repair the folder (README section "Data"), or pass allowProblems: true to go on with the ${
        count(good, "good one")
      }`
      : `README section "Data" tells where to get ${info.title}: ${info.obtain}`,
  ];
  return new CorpusError(lines.join("\n"), problems);
}

/** A path as a message shows it: from the project's folder where it lies inside, else in full. */
export function shortPath(path: string): string {
  const inside = relative(PROJECT_ROOT, path);
  return inside === "" || inside.startsWith("..") ? path : inside.replaceAll(SEPARATOR, "/");
}

/** A number with its noun: `count(1, "file")` is "1 file", `count(1440, "file")` is "1,440 files". */
export const count = (n: number, noun: string): string =>
  `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

/** How many files and which, at most five by name. */
export function listFiles(files: readonly string[], noun = "file", shown = 5): string {
  const rest = files.length - shown;
  const names = files.slice(0, shown).join(", ") + (rest > 0 ? ` and ${count(rest, "other")}` : "");
  return `${count(files.length, noun)} (${names})`;
}
