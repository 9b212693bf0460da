/**
 * The result of a run as a small file that can be committed: all of the run but its weights, with the
 * digits that mean something. Layout: one line of JSON, its SHA-256 in front. Utterances are not listed,
 * since they follow from the experiment; a hash tells whether they are still the same. @module
 */
import { type Experiment, experiment, runName } from "../training/experiment.ts";
import type { History } from "../training/state.ts";
import { dataInWords } from "../training/run_data.ts";
import type { Prediction, RunResult } from "../training/stored_run.ts";
import { checkedJson, readCheckedJson, sha256 } from "../support/files.ts";
import { type ExpectedData, expectedData } from "./expected.ts";

/** A finished run of a grid, for tables and statistics: a stored run without its weights. */
export type ReferenceResult = Omit<RunResult, "weights" | "temporary">;

/** A file that is no result of the experiment that it is named after; the message says why. */
export class ResultError extends Error {
  override name = "ResultError";

  /**
   * @param kind `damaged`: it cannot be read; `foreign`: it is whole, but of other data or another run.
   * @param message What was expected and what came.
   */
  constructor(readonly kind: "damaged" | "foreign", message: string) {
    super(message);
  }
}

/** What is in the file. */
interface Stored extends Omit<ReferenceResult, "predictions"> {
  format: number;
  predictions: {
    /** Beginning of the SHA-256 of the tested utterances' names. */
    utterances: string;
    /** Class of each utterance, `[n]`. */
    predicted: number[];
    /** Probabilities in thousandths, `[n * classes]`. */
    thousandths: number[];
  };
}

const FORMAT = 1;

/** The result of a run, rounded as the file has it. */
export function resultOf(run: ReferenceResult & Partial<RunResult>): ReferenceResult {
  const { weights: _, temporary: __, ...rest } = run;
  return {
    ...rest, // first: its order is that of the file
    history: roundHistory(run.history),
    predictions: run.predictions.map((prediction) => ({
      ...prediction,
      probabilities: prediction.probabilities.map(decimals(3)),
    })),
    seconds: decimals(3)(run.seconds),
  };
}

/** Losses to six digits, which float32 carries; accuracies and seconds to what a count or a clock does. */
function roundHistory(history: History): History {
  const digits = (values: number[]) => values.map((value) => Number(value.toPrecision(6)));
  const { loss, accuracy, testLoss, testAccuracy, seconds, reconstructionError } = history;
  return {
    loss: digits(loss),
    accuracy: accuracy.map(decimals(5)),
    testLoss: digits(testLoss),
    testAccuracy: testAccuracy.map(decimals(5)),
    seconds: seconds.map(decimals(3)),
    ...(reconstructionError ? { reconstructionError: reconstructionError.map(digits) } : {}),
  };
}

const decimals = (count: number) => (value: number): number => Number(value.toFixed(count));

/** The text of a result's file, of a result as `resultOf` gives. */
export async function encodeResult(result: ReferenceResult): Promise<string> {
  const { predictions } = result;
  const stored: Stored = {
    format: FORMAT,
    ...result,
    predictions: {
      utterances: await namesHash(predictions),
      predicted: predictions.map(({ predicted }) => predicted),
      thousandths: predictions.flatMap(({ probabilities }) =>
        probabilities.map((p) => Math.round(1000 * p))
      ),
    },
  };
  return await checkedJson("result", stored);
}

/**
 * Reads the text of a result's file.
 * @throws {ResultError} If it is damaged, of another run, or of data that the project does not have.
 * @throws {CorpusError} If the manifest of the corpus is not there or damaged.
 */
export async function decodeResult(text: string, name: string): Promise<ReferenceResult> {
  const read = await readCheckedJson<Stored>("result", text);
  if (!read) {
    throw new ResultError(
      "damaged",
      `expected JSON with its checksum, received ${text.length} characters that do not match it`,
    );
  }
  const { format, ...stored } = read;
  if (format !== FORMAT) {
    throw new ResultError("foreign", `expected format ${FORMAT}, received ${format}`);
  }
  const expected = await expectedOf(stored.experiment, name);
  await checkData(stored, expected);
  return { ...stored, predictions: predictionsOf(stored.predictions, expected) };
}

/** What the run of a description must have, if that is a description and of the run with this name. */
async function expectedOf(described: Experiment, name: string): Promise<ExpectedData> {
  let complete: Experiment;
  try {
    complete = experiment(described);
  } catch (error) {
    const reason = (error as Error).message;
    throw new ResultError("foreign", `expected an experiment of this version: ${reason}`);
  }
  if (runName(complete) === name) return await expectedData(complete);
  throw new ResultError("foreign", `expected the run ${name}, received ${runName(complete)}`);
}

async function checkData(
  { data, predictions }: Pick<Stored, "data" | "predictions">,
  expected: ExpectedData,
): Promise<void> {
  if (data.hash !== expected.data.hash) {
    const [should, is] = [expected.data, data].map(dataInWords);
    throw new ResultError("foreign", `expected ${should}, received ${is}`);
  }
  if (predictions.utterances !== await namesHash(expected.tested)) {
    throw new ResultError(
      "foreign",
      "expected the test utterances of this version's split, received others, as of a version with other folds",
    );
  }
}

function predictionsOf(
  { predicted, thousandths }: Stored["predictions"],
  { tested, data }: ExpectedData,
): Prediction[] {
  const classes = data.classes.length;
  return tested.map(({ id, label }, i) => ({
    id,
    label,
    predicted: predicted[i],
    probabilities: thousandths.slice(i * classes, (i + 1) * classes).map((p) => p / 1000),
  }));
}

const namesHash = async (utterances: readonly { id: string }[]): Promise<string> =>
  (await sha256(utterances.map(({ id }) => id).join())).slice(0, 16);
