/** `deno task predict`: the emotions in sound files, one result after the other. @module */
import { loadBackend } from "../backend/load.ts";
import { featureSteps } from "../features/kernels.ts";
import { LiveLine } from "../notebook/live.ts";
import { EXPORTABLE } from "../recognition/licence.ts";
import { readModelFiles } from "../recognition/model_files.ts";
import { readSound } from "../recognition/read_sound.ts";
import { loadRecogniser, type Recogniser } from "../recognition/recogniser.ts";
import { soundPaths } from "../support/sound_paths.ts";
import { MODEL_NAMES } from "../models/catalogue.ts";
import { oneOf, parseTaskArgs, type TaskHelp, UsageError } from "./help.ts";
import { type FormatName, predictFormat } from "./predict_formats.ts";
import { setUpBackend } from "./prepare.ts";

const HELP: TaskHelp = {
  name: "predict",
  words: true,
  about:
    `Says which emotion trained networks hear in WAV or FLAC files, and how sure they are. A FILE may be a
folder (its sound files, sorted) or a pattern in quotes. Each result is printed as it comes; a file that cannot
be read is reported, and the others go on. What makes a recording unlike the speech that the networks
learned from is said below its line: expect less of them there.

The networks know acted emotions of a few speakers. They do not read anyone's mind.`,
  options: [
    ["--corpus NAME", `what the networks learned from, ${EXPORTABLE.join(" or ")}; default emodb`],
    ["--model NAME...", `${MODEL_NAMES.join(", ")}; may come several times; default all`],
    [
      "--json",
      "one JSON object per line: all probabilities, calibrated and raw, and the attention",
    ],
    ["--csv", "one line per file and network: all probabilities, and what is unlike"],
  ],
};

/**
 * Runs the task.
 * @param args Arguments after its name.
 * @returns 0 if every file gave a result, 1 if one did not or there is none.
 * @throws {UsageError} On a wrong option or without a file.
 */
export async function main(args: string[]): Promise<number> {
  const parsed = parseTaskArgs(args, HELP);
  if (!parsed) return 0;
  const { values, words } = parsed;
  if (words.length === 0) throw new UsageError("Expected the names of WAV or FLAC files");
  if (values.json && values.csv) throw new UsageError("Expected --json or --csv, received both");
  const corpus = oneOf("--corpus", String(values.corpus ?? "emodb"), EXPORTABLE);
  const models = (values.model as string[] | undefined)?.map((word) =>
    oneOf("--model", word, MODEL_NAMES)
  );
  await setUpBackend();
  const files = await readModelFiles(corpus, models);
  await loadBackend();
  const recogniser = loadRecogniser(files, { steps: featureSteps });
  try {
    const format = values.json ? "json" : values.csv ? "csv" : "text";
    return await predictAll(recogniser, soundPaths(words), format);
  } finally {
    recogniser.dispose();
  }
}

/** One file after the other: nothing of a file is kept when its lines are printed. */
async function predictAll(
  recogniser: Recogniser,
  paths: AsyncIterable<string>,
  name: FormatName,
): Promise<number> {
  const titles = recogniser.networks.map(({ title }) => title);
  const format = predictFormat(name, recogniser.emotions, titles);
  const progress = Deno.stdout.isTerminal() ? undefined : new LiveLine(); // else the lines show it
  const done = { files: 0, failed: 0 };
  for await (const path of paths) {
    try {
      const result = await recogniser.recognise(await readSound(path));
      if (done.files++ === 0 && format.head) console.log(format.head);
      for (const line of format.lines(path, result)) console.log(line);
    } catch (error) {
      if (!isOfFile(error)) throw error;
      done.failed++;
      console.error(error.message);
    }
    progress?.update(summary(done), 0);
  }
  await progress?.close(summary(done));
  if (done.files + done.failed === 0) console.error("There is no sound file among these");
  return done.failed > 0 || done.files === 0 ? 1 : 0;
}

/** Whether an error is a file's fault: the others go on. */
const isOfFile = (error: unknown): error is Error =>
  error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError ||
  error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied;

function summary({ files, failed }: { files: number; failed: number }): string {
  const recognised = `${files} ${files === 1 ? "file" : "files"} recognised`;
  return failed === 0 ? recognised : `${recognised}, ${failed} could not be`;
}
