/** `deno task features`: MFCCs of sound files, as a table or as JSON. @module */
import { MOST_BYTES } from "../audio/load.ts";
import { type FileFeatures, fileFeatures } from "../features/extract.ts";
import { toRows } from "../features/matrix.ts";
import { timeAverage } from "../features/pad.ts";
import { jsonLine, shown } from "../support/shown.ts";
import { task, type TaskHelp } from "./help.ts";
import { FILES_HELP, LIST_OPTION, runSoundBatch } from "./sound_batch.ts";

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
averaged over the frames. ${FILES_HELP}`,
  options: [
    ["--json", "one JSON object per line: file, sampleRate, samples, frames, mfcc"],
    LIST_OPTION,
  ],
};

/** @returns 0 if every file gave features, 1 if one did not or there is none. */
export const main = task(HELP, async ({ values: { json, list }, words }) => {
  let head = json ? [] : [HEAD];
  return await runSoundBatch({
    words,
    list,
    most: MOST_BYTES,
    done: "read",
    work: async (path, bytes) => {
      const features = await fileFeatures(path, {}, bytes);
      const lines = [...head, ...(json ? [jsonOf(features)] : textLines(features))];
      head = [];
      return lines;
    },
  });
});

/** What float32 holds, not more. */
const round = (value: number): number => Number(value.toPrecision(7));

function jsonOf({ path, sampleRate, samples, mfcc, note }: FileFeatures): string {
  const rows = toRows(mfcc).map((row) => row.map(round));
  const about = { file: path, sampleRate, samples, frames: mfcc.rows, ...(note ? { note } : {}) };
  return jsonLine({ ...about, mfcc: rows });
}

const HEAD = [
  "rate (Hz)",
  "length (s)",
  "frames",
  ...Array.from({ length: SHOWN }, (_, i) => `mean c${i}`.padStart(9)),
  "file",
].join("  ");

function textLines({ path, sourceRate, seconds, mfcc, note }: FileFeatures): string[] {
  const means = Array.from(timeAverage(mfcc).subarray(0, SHOWN), (mean) => mean.toFixed(2));
  const line = [
    String(sourceRate).padStart(9),
    seconds.toFixed(3).padStart(10),
    String(mfcc.rows).padStart(6),
    ...means.map((mean) => mean.padStart(9)),
    shown(path),
  ].join("  ");
  return note ? [line, `           ! ${note}`] : [line];
}
