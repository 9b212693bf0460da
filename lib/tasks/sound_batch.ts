/** Sound files of a command line, one after the other: what one of them is like ends no batch. @module */
import { readAudioFile, readStandardInput } from "../audio/load.ts";
import { LiveLine } from "../notebook/live.ts";
import { errorText } from "../support/error_text.ts";
import { shown } from "../support/shown.ts";
import { soundPaths } from "../support/sound_paths.ts";
import { UsageError } from "./help.ts";

/** What the help of a task with sound files says of them. */
export const FILES_HELP =
  `A FILE may be a folder (its sound files, sorted, and those of the folders in it), a pattern in quotes, or - for
standard input. A file that cannot be read is reported, what is passed over is listed, and the others go on.
Control characters in names are shown as \\x1b.`;

/** The option for lists of files. */
export const LIST_OPTION = [
  "--list FILE",
  "files and folders, one a line; - for standard input",
] as const;

/** What is said where no file is named. */
export const NO_FILES = "Expected the names of WAV or FLAC files";

/** So many names of what was passed over are printed. */
const NAMES = 5;

/** What to do with the files. */
export interface SoundBatch {
  /** Files, folders and patterns. */
  words: readonly string[];
  /** File with further files and folders. */
  list?: unknown;
  /** The largest file that is read, in bytes. */
  most: number;
  /** What was done with a file that caused no trouble, for example "recognised". */
  done: string;
  /** Works on one file. @returns The lines to print. */
  work(path: string, bytes: Uint8Array): Promise<string[]>;
}

/**
 * Works on files one after the other: nothing of a file is kept when its lines are printed.
 * @returns The exit status: 0 if every file gave its lines, 1 if one did not or there is none.
 * @throws {UsageError} Without a file.
 */
export async function runSoundBatch(
  { words, list, most, done, work }: SoundBatch,
): Promise<number> {
  if (words.length === 0 && list === undefined) {
    throw new UsageError(NO_FILES);
  }
  const progress = Deno.stdout.isTerminal() ? undefined : new LiveLine(); // else the lines show it
  const skipped = new Map<string, string[]>();
  let files = 0, failed = 0;
  const summary = () =>
    `${files} ${files === 1 ? "file" : "files"} ${done}` +
    (failed ? `, ${failed} could not be` : "");
  for await (const found of soundPaths(words, list as string | undefined)) {
    const { path, error, skipped: why } = found;
    if (why) {
      skipped.set(why, [...skipped.get(why) ?? [], path]);
      continue;
    }
    try {
      if (error) throw error;
      const bytes = path === "-" ? readStandardInput(most) : readAudioFile(path, most);
      for (const line of await work(path, bytes)) console.log(line);
      files++;
    } catch (error) {
      if (error instanceof Deno.errors.BrokenPipe) throw error; // nobody reads what is printed
      failed++;
      console.error(shown(errorText(error, `use "${path}"`)));
    }
    progress?.update(summary(), 0);
  }
  await progress?.close(summary());
  for (const [why, paths] of skipped) console.error(skippedLine(why, paths));
  if (files + failed === 0) console.error("There is no sound file among these");
  return failed > 0 || files === 0 ? 1 : 0;
}

function skippedLine(why: string, paths: string[]): string {
  const names = paths.slice(0, NAMES).map((path) => `"${shown(path)}"`).join(", ");
  const more = paths.length > NAMES ? ` and ${paths.length - NAMES} more` : "";
  return `Passed over ${names}${more}: ${why}`;
}
