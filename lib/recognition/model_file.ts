/**
 * A trained network with all that recognising needs: one JSON file. Every field of it is checked when it is
 * read (`model_rules.ts`), so that nothing else has to. @module
 */
import type { CorpusName } from "../corpora/types.ts";
import type { ReliabilityBin } from "../evaluation/calibration.ts";
import type { Scaling } from "../features/scaling.ts";
import { crc32 } from "../support/crc32.ts";
import type { CodeVersion } from "../support/code_version.ts";
import type { ModelName, OptionValue } from "../models/catalogue.ts";
import { checkModelFile } from "./model_rules.ts";
import type { SpeechStatistics } from "./speech_statistics.ts";
import type { StoredWeights } from "./weights.ts";

/** What every such file begins with. */
const FORMAT = "ser-model";
/** Counts up whenever an older program could not read the file rightly, or this one not an older file. */
const VERSION = 3;

/** How the features were taken; a recording to recognise is treated likewise. */
export interface FeatureSettings {
  /** Rate that recordings are resampled to, in Hz. */
  sampleRate: number;
  /** Samples of a frame. */
  nFft: number;
  /** Samples from one frame to the next. */
  hopLength: number;
  /** Mel bands. */
  nMels: number;
  /** Coefficients of a frame. */
  nMfcc: number;
  /** Frames of an utterance after padding: the most that the network reads. */
  frames: number;
  /** Which side of an utterance the zeros go to. */
  padding: "before" | "after";
}

/** Temperature scaling (Guo et al. 2017) and what it did. */
export interface StoredCalibration {
  /** Logits are divided by it, `> 0`; above 1 the network was too sure of itself. */
  temperature: number;
  /** Utterances of the validation part, which decided it. */
  utterances: number;
  /** Expected calibration error on the test part before and after, in [0, 1], and bins of it. */
  error: { before: number; after: number; bins: number };
  /** The test part's reliability before and after: the bins that have answers. */
  reliability: { before: ReliabilityBin[]; after: ReliabilityBin[] };
}

/** How the network came to be. */
export interface StoredTraining {
  /** Name of the stored run. */
  run: string;
  /** The division of the corpus, in words. */
  protocol: string;
  /** Seed of split, initial weights, order and dropout. */
  seed: number;
  /** Passes over the training part. */
  epochs: number;
  /** Utterances in each part. */
  utterances: { train: number; validation: number; test: number };
  /** Right answers in the test part, which was looked at once. */
  correct: number;
}

/** What may be done with the weights. */
export interface StoredLicence {
  /** SPDX identifier, for example `"CC0-1.0"`. */
  id: string;
  /** Notice to pass on with the file. */
  notice: string;
  /** The corpus's publication. */
  citation: string;
}

/** A trained network for use. */
export interface ModelFile {
  /** The architecture. */
  model: ModelName;
  /** Its name in the paper. */
  title: string;
  /** All options of the architecture. */
  modelOptions: Readonly<Record<string, OptionValue>>;
  /** Emotions in the order of the network's answers. */
  labels: readonly string[];
  /** The recordings that it learned from. */
  corpus: { name: CorpusName; title: string };
  /** How its input is made. */
  features: FeatureSettings;
  /** What is done to averaged features; `raw` for networks that read frames. */
  scaling: Scaling;
  /** Numbers of the network. */
  weights: StoredWeights;
  /** How sure its answers may sound. */
  calibration: StoredCalibration;
  /** How it came to be. */
  training: StoredTraining;
  /** What the speech was like that it learned from. */
  speech: SpeechStatistics;
  /** What may be done with it. */
  licence: StoredLicence;
  /** The code that trained it. */
  code?: CodeVersion;
}

/** The file: the network behind a format and the CRC-32 of its JSON. */
const envelopeOf = (network: ModelFile) => ({
  format: FORMAT,
  version: VERSION,
  checksum: checksumOf(network),
  network,
});

/** A model file on disk. */
export interface NamedModelFile {
  path: string;
  bytes: Uint8Array;
}

/** A model file as text, as bytes, from a disk, or parsed already (a page may get it so). */
export type ModelSource = string | Uint8Array | NamedModelFile | object;

/** Whether a model file says where it is from. */
export const isNamed = (source: ModelSource): source is NamedModelFile =>
  typeof source === "object" && "path" in source && "bytes" in source;

const checksumOf = (network: unknown): string =>
  crc32(new TextEncoder().encode(JSON.stringify(network)));

/** The text of a model file. */
export const modelFileText = (network: ModelFile): string =>
  `${JSON.stringify(envelopeOf(network))}\n`;

/**
 * Reads a model file.
 * @param source Its text, bytes or parsed JSON.
 * @param name What to call it in messages, for example its path.
 * @throws {SyntaxError} If it is no model file, or damaged.
 * @throws {RangeError} If another version of the project wrote it, or a field is not what it may be.
 */
export function readModelFile(source: ModelSource, name: string): ModelFile {
  const envelope = parse(source, name);
  if (envelope.format !== FORMAT) {
    throw new SyntaxError(
      `Cannot read the model file "${name}": expected the format "${FORMAT}", received ${
        JSON.stringify(envelope.format) ?? "none"
      }`,
    );
  }
  if (envelope.version !== VERSION) throw versionError(envelope.version, name);
  const checksum = checksumOf(envelope.network ?? null);
  if (envelope.network === undefined || checksum !== envelope.checksum) {
    throw new SyntaxError(
      `Cannot read the model file "${name}": expected the checksum ${envelope.checksum}, received ${checksum}: the file is damaged; restore it`,
    );
  }
  try {
    checkModelFile(envelope.network);
  } catch (error) {
    const why = (error as Error).message.replace(/^Cannot describe [^:]*: /, "");
    throw new RangeError(
      `Cannot read the model file "${name}": ${why}; restore it, or make it anew: deno task models`,
    );
  }
  return envelope.network;
}

function versionError(version: unknown, name: string): RangeError {
  const remedy = Number(version) < VERSION
    ? '"deno task models" makes it anew'
    : "take the version of the project that wrote it";
  return new RangeError(
    `Cannot read the model file "${name}": expected version ${VERSION}, received ${
      JSON.stringify(version) ?? "none"
    }; ${remedy}`,
  );
}

function parse(source: ModelSource, name: string): Partial<ReturnType<typeof envelopeOf>> {
  if (isNamed(source)) return parse(source.bytes, name);
  if (typeof source === "object" && !(source instanceof Uint8Array)) return source;
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  try {
    return JSON.parse(text) ?? {};
  } catch {
    throw new SyntaxError(
      `Cannot read the model file "${name}": expected JSON, received ${text.length} characters that are not: the file is damaged; restore it`,
    );
  }
}
