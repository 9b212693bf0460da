/**
 * Trained networks that answer for any recording. Everything here also runs in browsers: TensorFlow.js
 * computes with the back end that is set when a recogniser is loaded. @module
 */
import { checkSamples } from "../audio/audio.ts";
import { silenceAround, type UsualSilence } from "../audio/trim.ts";
import { resample } from "../audio/resample.ts";
import { withTemperature } from "../evaluation/calibration.ts";
import type { Matrix } from "../features/matrix.ts";
import { mfcc } from "../features/mfcc.ts";
import { timeAverage } from "../features/pad.ts";
import { argMax } from "../layers/loss.ts";
import type { ModelName } from "../models/catalogue.ts";
import { type Familiarity, judgeFamiliarity } from "./familiarity.ts";
import { isNamed, type ModelFile, type ModelSource, readModelFile } from "./model_file.ts";
import { LoadedModel, type NetworkInput } from "./loaded_model.ts";
import { loudestPart, type PlacedAttention, rowsOfPart } from "./part.ts";
import { checkOptions } from "../support/options.ts";

/** One utterance. */
export interface Sound {
  /** Mono samples in [-1, 1], shape `[n]`. */
  samples: Float32Array;
  /** In Hz, an integer from 8,000 to 192,000. */
  sampleRate: number;
  /** What to call it in messages, for example its file. */
  name?: string;
}

/** What one network says. */
export interface ModelAnswer {
  /** The architecture. */
  model: ModelName;
  /** Its name in the paper. */
  title: string;
  /** Probability of each emotion, calibrated, sum 1. */
  probabilities: number[];
  /** The same as the network gave it. */
  raw: number[];
  /** The most probable emotion. */
  emotion: string;
  /** Where a network with attention looked. */
  attention?: PlacedAttention;
}

/** What all networks say of one recording. */
export interface Recognition {
  /** Emotions in the order of the probabilities. */
  emotions: readonly string[];
  /** One answer for each model file, in their order. */
  answers: ModelAnswer[];
  /** MFCCs of the whole recording, `[frames, coefficients]`. */
  mfcc: Matrix;
  /** From one frame to the next, in seconds; frame t is centred at t times that. */
  secondsPerFrame: number;
  /** Duration of the recording. */
  seconds: number;
  /** What the networks read, in seconds: all, or of a longer recording its loudest part. */
  read: { from: number; to: number; all: boolean };
  /** How unlike the speech that the networks know it is. */
  familiarity: Familiarity;
}

/** What takes the features; the default runs everywhere. */
export interface RecogniserOptions {
  /** Resampling and MFCCs, for example those in C++ of `lib/features`. @default {in TypeScript} */
  steps?: { resample: typeof resample; mfcc: typeof mfcc };
}

/** The longest recording that is taken: many sentences already, and 60 MB of spectrum. */
export const MOST_SECONDS = 300;

/**
 * Loads trained networks.
 * @param files Model files of one corpus, at least one.
 * @param options What takes the features.
 * @returns A recogniser, which the caller disposes.
 * @throws {SyntaxError} If a file is damaged or no model file.
 * @throws {RangeError} If a later version of the project wrote a file, a field is not what it may be, or
 * there is no file.
 * @throws {TypeError} If the files' corpora, emotions or features differ, or weights do not fit the network.
 * @example Usage
 * ```ts
 * import { loadBackend } from "ser/backend/load.ts";
 * import { readModelFiles } from "ser/recognition/model_files.ts";
 * import { loadRecogniser } from "ser/recognition/recogniser.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * await loadBackend();
 * const recogniser = loadRecogniser(await readModelFiles("emodb", ["sdnn"]));
 * const samples = Float32Array.from({ length: 44100 }, (_, i) => Math.sin(i / 10)); // two seconds
 * const { emotions, familiarity } = await recogniser.recognise({ samples, sampleRate: 22050 });
 * deepStrictEqual(emotions, ["anger", "happiness", "neutral", "sadness"]);
 * deepStrictEqual(familiarity.familiar, false); // that was a tone, not speech
 * recogniser.dispose();
 * ```
 */
export function loadRecogniser(
  files: readonly ModelSource[],
  options: RecogniserOptions = {},
): Recogniser {
  checkOptions("load the networks", options, "steps");
  const names = files.map((file, i) =>
    isNamed(file) ? file.path : `file ${i + 1} of ${files.length}`
  );
  const networks = files.map((file, i) => readModelFile(file, names[i]));
  checkAlike(networks);
  const models: LoadedModel[] = [];
  try {
    for (const network of networks) models.push(new LoadedModel(network));
  } catch (error) {
    models.forEach((model) => model.dispose());
    (error as Error).message += ` in the model file "${names[models.length]}"`;
    throw error;
  }
  return new Recogniser(models, options.steps ?? { resample, mfcc });
}

/** What `loadRecogniser` gives. */
export class Recogniser {
  /** What the model files say of themselves, in their order. */
  readonly networks: readonly ModelFile[];
  /** Emotions in the order of the probabilities. */
  readonly emotions: readonly string[];
  /** Silence before and after the speech that the networks know, for `fitSilence`. */
  readonly silence: UsualSilence;

  constructor(
    readonly models: readonly LoadedModel[],
    readonly steps: Required<RecogniserOptions>["steps"],
  ) {
    this.networks = models.map(({ file }) => file);
    this.emotions = this.networks[0].labels;
    this.silence = this.networks[0].speech.silence;
  }

  /**
   * Recognises the emotion of one utterance, as it is: `fitSilence` gives it the silence that the
   * networks know.
   * @param sound At least one frame (93 ms), at most 300 s.
   * @throws {RangeError} If it is too short, too long, its rate is out of range, or a sample is not finite or
   * beyond 256.
   */
  async recognise(sound: Sound): Promise<Recognition> {
    const { features } = this.networks[0];
    const seconds = checkSound(sound, features.nFft / features.sampleRate);
    const signal = this.steps.resample(sound.samples, sound.sampleRate, features.sampleRate);
    const { frames: most, padding: _, ...settings } = features;
    const frames = this.steps.mfcc(signal, settings);
    const part = loudestPart(frames, most);
    const means = timeAverage(rowsOfPart(frames, part));
    const input: NetworkInput = { mfcc: frames, part, means };
    const answers: ModelAnswer[] = [];
    for (const model of this.models) answers.push(await this.#ask(model, input));
    const secondsPerFrame = features.hopLength / features.sampleRate;
    const all = part.frames === frames.rows;
    return {
      emotions: this.emotions,
      answers,
      mfcc: frames,
      secondsPerFrame,
      seconds,
      read: {
        from: part.first * secondsPerFrame,
        to: all ? seconds : Math.min(seconds, (part.first + part.frames) * secondsPerFrame),
        all,
      },
      familiarity: this.#familiarity(sound, seconds, means),
    };
  }

  /** Frees the networks. */
  dispose(): void {
    this.models.forEach((model) => model.dispose());
  }

  async #ask(model: LoadedModel, input: NetworkInput): Promise<ModelAnswer> {
    const { raw, attention } = await model.answer(input);
    const { model: name, title, calibration } = model.file;
    return {
      model: name,
      title,
      probabilities: withTemperature(raw, calibration.temperature),
      raw,
      emotion: this.emotions[argMax(raw)],
      ...(attention ? { attention } : {}),
    };
  }

  #familiarity({ samples, sampleRate }: Sound, seconds: number, means: Float32Array): Familiarity {
    const { features, corpus, speech } = this.networks[0];
    const longest = features.frames * features.hopLength / features.sampleRate;
    const silence = silenceAround(samples, sampleRate);
    const recording = { samples, seconds, silence, longest, means, nMels: features.nMels };
    return judgeFamiliarity(recording, corpus.title, speech);
  }
}

function checkSound({ samples, sampleRate, name }: Sound, least: number): number {
  const seconds = samples.length / sampleRate;
  const action = `Cannot recognise ${name ? `"${name}"` : "the emotion"}`;
  if (!(seconds >= least)) {
    const [frame, long] = [(1000 * least).toFixed(0), (1000 * seconds).toFixed(1)];
    const expected = `expected at least one frame of ${frame} ms, received ${long} ms`;
    throw new RangeError(`${action}: ${expected}; the recording is too short`);
  }
  if (seconds > MOST_SECONDS) {
    const expected = `expected one utterance of at most ${MOST_SECONDS} s`;
    const received = `received ${seconds.toFixed(0)} s; cut the recording into sentences`;
    throw new RangeError(`${action}: ${expected}, ${received}`);
  }
  checkSamples(action, samples, sampleRate);
  return seconds;
}

function checkAlike(networks: readonly ModelFile[]): void {
  if (networks.length === 0) {
    throw new RangeError(
      "Cannot load the recogniser: expected at least one model file, received 0",
    );
  }
  const about = ({ corpus, labels, features, speech: { silence } }: ModelFile) =>
    JSON.stringify({ corpus: corpus.name, labels, features, silence });
  const first = about(networks[0]);
  const other = networks.find((network) => about(network) !== first);
  if (!other) return;
  throw new TypeError(
    `Cannot load the recogniser: expected model files of one corpus with the same features and silence, received ${first} and ${
      about(other)
    }`,
  );
}
