/**
 * Stored runs. An experiment is trained once: a finished run comes back at once, a stopped one goes on
 * from its last checkpoint and ends as if it had never stopped. @module
 */
import { join } from "@std/path";
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "../backend/load.ts";
import { thisMachine } from "../support/machine.ts";
import { splitInWords } from "../corpora/protocols/protocol.ts";
import type { Split } from "../corpora/splits.ts";
import { loadWeights } from "../models/store.ts";
import { type CodeVersion, codeVersion } from "../support/code_version.ts";
import type { CheckpointOwner } from "./checkpoint.ts";
import { CHECKPOINT, RunCheckpoint } from "./run_checkpoint.ts";
import { type Experiment, runName, sameExperiment } from "./experiment.ts";
import { identifyFeatures, sameFeatures } from "./feature_identity.ts";
import { exists, removeParts } from "../support/files.ts";
import { type FitData, type FitOptions, TrainingInterrupted } from "./fit.ts";
import { argMax } from "../layers/loss.ts";
import { buildModel, MODELS } from "../models/catalogue.ts";
import { predictProbabilities } from "./predict.ts";
import type { History, TrainingState } from "./state.ts";
import { takeLock } from "../support/lock.ts";
import { TRAININGS } from "./trainings.ts";
import {
  dataInWords,
  describeData,
  examplesOf,
  type RunDataset,
  splitOf,
  valuesOf,
  viewOf,
} from "./run_data.ts";
import {
  isDamage,
  orSetAside,
  type Prediction,
  readRun,
  RUN_FILES,
  type RunData,
  type RunResult,
  RUNS_FOLDER,
  writeRun,
} from "./stored_run.ts";
import { checkOptions } from "../support/options.ts";

/** How to get a run. */
export interface RunOptions
  extends Pick<FitOptions, "onBatch" | "onEpoch" | "signal" | "saveEvery"> {
  /** The folder of all runs. @default {outputs/mine/runs} */
  folder?: string;
  /** Train although a finished run is stored; it is replaced when the new one is finished. @default {false} */
  retrain?: boolean;
  /** Mark what is stored as a sweep's, which removes it when it has the result. @default {false} */
  temporary?: boolean;
  /** Told about damaged files and what is done about them. */
  warn?: (message: string) => void;
  /** Another builder of the network, for tests. @default {the experiment's model} */
  build?: () => tf.LayersModel;
}

const RUN_OPTIONS = "folder retrain temporary warn build onBatch onEpoch signal saveEvery";

/**
 * The finished run of an experiment: from disk if it is there, else trained.
 * @param experiment A complete experiment.
 * @param dataset Its corpus, padded as the experiment says.
 * @param options Where runs are, callbacks, stop signal.
 * @returns The run and its trained model, which the caller disposes.
 * @throws {TrainingInterrupted} If the signal stopped it; the same call goes on.
 * @throws {Deno.errors.Busy} If another process trains this run.
 * @throws {TypeError} If the data are not the experiment's, or the stored run was made of other data or
 * features, or divided in another way.
 * @throws {RangeError} If the data cannot be divided as the experiment says.
 */
export async function trainOrLoad(
  experiment: Experiment,
  dataset: RunDataset,
  options: RunOptions = {},
): Promise<{ run: RunResult; model: tf.LayersModel }> {
  checkOptions("run the experiment", options, RUN_OPTIONS);
  const { name } = dataset.corpus.info;
  if (name !== experiment.corpus) {
    throw new TypeError(
      `Cannot run the experiment: expected the corpus "${experiment.corpus}", received "${name}"`,
    );
  }
  const { padding = experiment.padding } = dataset;
  if (padding !== experiment.padding && MODELS[experiment.model].input === "frames") {
    throw new TypeError(
      `Cannot run the experiment: expected zeros ${experiment.padding} the speech, received a dataset with zeros ${padding}; load it with padding: "${experiment.padding}"`,
    );
  }
  const split = splitOf(experiment, dataset);
  const values = valuesOf(dataset, MODELS[experiment.model]);
  const features = await identifyFeatures(values);
  const data = { ...await describeData(dataset, split), features };
  const backend = await loadBackend();
  const sitting = new Sitting(experiment, dataset, data, split, backend, options);
  return await sitting.storedAtOnce() ?? await sitting.underLock();
}

/** One call of `trainOrLoad`. */
class Sitting {
  readonly #name: string;
  readonly #folder: string;
  readonly #owner: Omit<CheckpointOwner, "code">;

  constructor(
    readonly experiment: Experiment,
    readonly dataset: RunDataset,
    readonly data: RunData & Required<Pick<RunData, "features">>,
    readonly split: Split,
    readonly backend: { name: string; device: string },
    readonly options: RunOptions,
  ) {
    this.#name = runName(experiment);
    this.#folder = join(options.folder ?? RUNS_FOLDER, this.#name);
    this.#owner = {
      ...{ run: this.#name, data: data.hash, features: data.features.hash },
      backend: backend.name,
    };
  }

  /** The stored run, if one is there, whole and wanted; touches nothing. */
  async storedAtOnce(): Promise<Trained | undefined> {
    if (this.options.retrain) return undefined;
    try {
      return await this.#stored();
    } catch (error) {
      if (isDamage(error)) return undefined; // dealt with under the lock
      throw error;
    }
  }

  /** Trains while no other process does; what is damaged is set aside first. */
  async underLock(): Promise<Trained> {
    const lock = await takeLock(join(this.#folder, "lock"));
    if (typeof lock === "string") {
      throw new Deno.errors.Busy(
        `Cannot train ${this.#name}: ${lock} is training it; wait for it, or stop it and try again`,
      );
    }
    try {
      await removeParts(this.#folder);
      if (!this.options.retrain) {
        const read = () => this.#stored();
        const stored = await orSetAside(this.#folder, RUN_FILES, read, this.#warn);
        if (stored) return stored;
      }
      return await this.#train();
    } finally {
      await lock.release();
    }
  }

  async #stored(): Promise<Trained | undefined> {
    const run = await readRun(this.#folder);
    if (!run) return undefined;
    this.#checkOwner(run);
    const model = this.#build();
    try {
      await loadWeights(model, join(this.#folder, run.weights));
    } catch (error) {
      model.dispose();
      throw error;
    }
    return { run, model };
  }

  #checkOwner(run: RunResult): void {
    const same = sameExperiment(run.experiment, this.experiment) &&
      run.data.hash === this.data.hash;
    if (!same) {
      throw this.#notThisRun(
        `one of this experiment on ${dataInWords(this.data)}`,
        `one on ${dataInWords(run.data)}`,
      );
    }
    if (run.data.features && !sameFeatures(run.data.features, this.data.features)) {
      throw this.#notThisRun(
        "one trained on these features",
        "one on other features of the same recordings",
      );
    }
    if (!run.data.features) {
      this.#warn(
        `The stored run ${this.#name} is of an earlier version, which did not say what its features were; if yours are not the project's MFCCs, train again with retrain: true`,
      );
    }
    const { utterances } = this.dataset.corpus;
    const tested = Array.from(this.split.test, (utterance) => utterances[utterance].id);
    if (run.predictions.map(({ id }) => id).join() !== tested.join()) {
      throw this.#notThisRun(
        `predictions for the test part of "${splitInWords(this.experiment)}"`,
        "some for other utterances, as of a version with other folds",
      );
    }
  }

  #notThisRun(expected: string, received: string): TypeError {
    return new TypeError(
      `Cannot use the stored run "${this.#folder}": expected ${expected}, received ${received}; move the folder away, or train again with retrain: true`,
    );
  }

  async #train(): Promise<Trained> {
    const started = new Date().toISOString(), code = await codeVersion();
    const model = this.#build();
    const { train, validation, test } = examplesOf(
      this.dataset,
      this.split,
      viewOf(this.experiment, model),
    );
    try {
      const history = await this.#fit(model, { train, test: validation ?? test }, code);
      const probabilities = await predictProbabilities(model, test.x);
      const run = await this.#finish(model, history, probabilities, { started, code });
      return { run, model };
    } catch (error) {
      model.dispose();
      throw error;
    } finally {
      tf.dispose([train, validation, test].flatMap((part) => part?.x ?? []));
    }
  }

  async #fit(
    model: tf.LayersModel,
    data: FitData,
    { training: code = "" }: CodeVersion,
  ): Promise<History> {
    const { onBatch, onEpoch, signal, saveEvery } = this.options;
    const checkpoint = new RunCheckpoint(this.#folder, { ...this.#owner, code }, this.#warn);
    const resume = await checkpoint.read();
    const { seed, epochs, batchSize, learningRate, modelOptions } = this.experiment;
    const save = (state: TrainingState) => checkpoint.save(state);
    try {
      return await TRAININGS[this.experiment.model].fit(model, data, {
        ...{ seed, epochs, batchSize, learningRate, resume },
        ...{ onBatch, onEpoch, signal, save, saveEvery },
      }, modelOptions);
    } catch (error) {
      if (!(error instanceof TrainingInterrupted)) throw error;
      throw new TrainingInterrupted(error.epoch, error.epochs, await this.#howToGoOn());
    }
  }

  async #howToGoOn(): Promise<string> {
    if (!await exists(join(this.#folder, CHECKPOINT))) return "run the same again to start over";
    const again = this.options.retrain ? "with retrain: true, again" : "again";
    return `the state after them is kept in ${this.#folder}; run the same ${again} to go on from there`;
  }

  async #finish(
    model: tf.LayersModel,
    history: History,
    probabilities: Float32Array,
    sitting: Pick<RunResult, "started" | "code">,
  ): Promise<RunResult> {
    const run = {
      name: this.#name,
      experiment: this.experiment,
      data: this.data,
      history,
      predictions: this.#predictions(probabilities),
      parameters: model.countParams(),
      backend: `${this.backend.name} (${this.backend.device})`,
      versions: { deno: Deno.version.deno, tensorflowjs: tf.version.tfjs },
      machine: thisMachine(),
      ...sitting,
      finished: new Date().toISOString(),
      seconds: history.seconds.reduce((sum, seconds) => sum + seconds, 0),
      ...(this.options.temporary ? { temporary: true } : {}),
    };
    const stored = await writeRun(this.#folder, run, model);
    await Deno.remove(join(this.#folder, CHECKPOINT)).catch(() => {});
    return stored;
  }

  #predictions(probabilities: Float32Array): Prediction[] {
    const { corpus, labels, classes } = this.dataset;
    return Array.from(this.split.test, (utterance, i) => {
      const row = probabilities.subarray(i * classes.length, (i + 1) * classes.length);
      return {
        id: corpus.utterances[utterance].id,
        label: labels[utterance],
        predicted: argMax(row),
        probabilities: Array.from(row, (p) => Math.round(p * 1e6) / 1e6),
      };
    });
  }

  #build(): tf.LayersModel {
    if (this.options.build) return this.options.build();
    const { frames, coefficients, classes } = this.dataset;
    const { model, modelOptions, seed } = this.experiment;
    const input = { frames, coefficients, classes: classes.length };
    return buildModel(model, input, modelOptions, seed);
  }

  readonly #warn = (message: string): void => this.options.warn?.(message);
}

type Trained = { run: RunResult; model: tf.LayersModel };
