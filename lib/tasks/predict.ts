/** `deno task predict`: the emotions in sound files, one result after the other. @module */
import { fitSilence } from "../audio/trim.ts";
import { loadBackend } from "../backend/load.ts";
import { featureSteps } from "../features/kernels.ts";
import { EXPORTABLE } from "../recognition/licence.ts";
import { readModelFiles } from "../recognition/model_files.ts";
import { MOST_BYTES, readSound } from "../recognition/read_sound.ts";
import { loadRecogniser, type Recogniser } from "../recognition/recogniser.ts";
import { MODEL_NAMES } from "../models/catalogue.ts";
import { oneOf, task, type TaskHelp, UsageError } from "./help.ts";
import { type FormatName, predictFormat } from "./predict_formats.ts";
import { setUpBackend } from "./prepare.ts";
import {
  FILES_HELP,
  LIST_OPTION,
  NO_FILES,
  runSoundBatch,
  type SoundBatch,
} from "./sound_batch.ts";

const HELP: TaskHelp = {
  name: "predict",
  words: true,
  about:
    `Says which emotion trained networks hear in WAV or FLAC files, and how sure they are. Each result is printed
as it comes. ${FILES_HELP} What makes a recording unlike the speech that the networks
learned from is said below its line: expect less of them there. The silence before and after the speech is
cut, or zeros are added, to as much as the networks know; what was cut is said, too.

The networks know acted emotions of a few speakers. They do not read anyone's mind.`,
  options: [
    ["--corpus NAME", `what the networks learned from, ${EXPORTABLE.join(" or ")}; default emodb`],
    ["--model NAME...", `${MODEL_NAMES.join(", ")}; may come several times; default all`],
    [
      "--json",
      "one JSON object per line: all probabilities, calibrated and raw, and the attention",
    ],
    [
      "--csv",
      "one line per file and network: all probabilities, and what is unlike; names that begin as a formula get a '",
    ],
    ["--as-is", "leave the silence as it is"],
    LIST_OPTION,
  ],
};

/** @returns 0 if every file gave a result, 1 if one did not or there is none. */
export const main = task(HELP, async ({ values, words }) => {
  if (words.length === 0 && values.list === undefined) throw new UsageError(NO_FILES);
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
    return await predictAll(recogniser, format, {
      words,
      list: values.list,
      asIs: Boolean(values["as-is"]),
    });
  } finally {
    recogniser.dispose();
  }
});

function predictAll(
  recogniser: Recogniser,
  name: FormatName,
  { asIs, ...files }: Pick<SoundBatch, "words" | "list"> & { asIs: boolean },
): Promise<number> {
  const titles = recogniser.networks.map(({ title }) => title);
  const format = predictFormat(name, recogniser.emotions, titles);
  let head = format.head;
  return runSoundBatch({
    ...files,
    most: MOST_BYTES,
    done: "recognised",
    work: async (path, bytes) => {
      const sound = await readSound(path, bytes);
      const { samples, cut } = asIs
        ? { samples: sound.samples, cut: { before: 0, after: 0 } }
        : fitSilence(sound, recogniser.silence);
      const recognition = await recogniser.recognise({ ...sound, samples });
      const lines = format.lines(path, { ...recognition, cut }, sound.note);
      if (head) lines.unshift(head);
      head = undefined;
      return lines;
    },
  });
}
