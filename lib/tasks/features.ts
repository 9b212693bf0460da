/** `deno task features`: MFCCs of sound files, as a table or as JSON. @module */
import { type FileFeatures, fileFeatures } from "../features/extract.ts";
import { toRows } from "../features/matrix.ts";
import { timeAverage } from "../features/pad.ts";
import { parseTaskArgs, type TaskHelp, UsageError } from "./help.ts";

/** Averages shown in the table: c0 to c4. */
const SHOWN = 5;

const HELP: TaskHelp = {
  name: "features",
  words: true,
  about: `Takes the MFCCs that the notebooks use from WAV or FLAC files: mean of the channels,
22,050 Hz, frames of 2048 samples every 512, 128 mel bands, 40 coefficients, as librosa does.
Prints one line per file: its rate, duration, number of frames, and the coefficients c0 to c${
    SHOWN - 1
  }
averaged over the frames. A file that cannot be read is reported, and the others go on.`,
  options: [["--json", "one JSON object per line: file, sampleRate, samples, frames, mfcc"]],
};

/**
 * Runs the task.
 * @param args Arguments after its name.
 * @returns 0 if every file gave features, 1 if one did not.
 * @throws {UsageError} On an unknown option or without a file.
 */
export async function main(args: string[]): Promise<number> {
  const parsed = parseTaskArgs(args, HELP);
  if (!parsed) return 0;
  const { values, words: files } = parsed;
  if (files.length === 0) throw new UsageError("Expected the names of WAV or FLAC files");
  const width = Math.max(4, ...files.map((file) => file.length));
  if (!values.json) console.log(tableHead(width));
  let status = 0;
  for (const file of files) {
    try {
      const features = await fileFeatures(file);
      console.log(values.json ? jsonLine(features) : tableLine(features, width));
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      status = 1;
    }
  }
  return status;
}

/** What float32 holds, not more. */
const round = (value: number): number => Number(value.toPrecision(7));

function jsonLine({ path, sampleRate, samples, mfcc }: FileFeatures): string {
  const rows = toRows(mfcc).map((row) => row.map(round));
  return JSON.stringify({ file: path, sampleRate, samples, frames: mfcc.rows, mfcc: rows });
}

function tableHead(width: number): string {
  const names = Array.from({ length: SHOWN }, (_, i) => `mean c${i}`.padStart(9));
  return ["file".padEnd(width), "rate (Hz)", "length (s)", "frames", ...names].join("  ");
}

function tableLine(features: FileFeatures, width: number): string {
  const { path, sourceRate, seconds, mfcc } = features;
  const means = Array.from(timeAverage(mfcc).subarray(0, SHOWN), (mean) => mean.toFixed(2));
  return [
    path.padEnd(width),
    String(sourceRate).padStart(9),
    seconds.toFixed(3).padStart(10),
    String(mfcc.rows).padStart(6),
    ...means.map((mean) => mean.padStart(9)),
  ].join("  ");
}
