/** A small model file for tests: untrained networks that know made-up speech. @module */
import { loadBackend } from "ser/backend/load.ts";
import type { ModelFile } from "ser/recognition/model_file.ts";
import { speechStatistics } from "ser/recognition/speech_statistics.ts";
import { storeWeights } from "ser/recognition/weights.ts";
import { RandomState } from "ser/support/random.ts";
import { buildModel, completeOptions, type ModelName, MODELS } from "ser/models/catalogue.ts";

await loadBackend();

/** Frames of the networks: 1.4 s. */
export const FRAMES = 60;

/** A model file whose network has its initial weights. */
export async function exampleFile(
  model: ModelName,
  changes: Partial<ModelFile> = {},
): Promise<ModelFile> {
  const labels = ["angry", "calm", "sad"], options = completeOptions(model, {});
  const input = { frames: FRAMES, coefficients: 40, classes: labels.length };
  const network = buildModel(model, input, options, 1);
  const weights = await storeWeights(network, network.weights.length);
  network.dispose();
  return {
    model,
    title: MODELS[model].title,
    modelOptions: options,
    labels,
    corpus: { name: "emodb", title: "made-up speech" },
    features: {
      ...{ sampleRate: 22050, nFft: 2048, hopLength: 512, nMels: 128, nMfcc: 40 },
      ...{ frames: FRAMES, padding: "before" },
    },
    scaling: { kind: "raw", offset: [], spread: [] },
    weights,
    calibration: {
      ...{ temperature: 2, utterances: 10, error: { before: 0.2, after: 0.1, bins: 10 } },
      reliability: {
        before: [{ from: 0.6, to: 0.7, count: 5, accuracy: 0.5, confidence: 0.7 }],
        after: [{ from: 0.5, to: 0.6, count: 5, accuracy: 0.5, confidence: 0.6 }],
      },
    },
    training: {
      ...{ run: "a run", protocol: "none", seed: 1, epochs: 0, correct: 0 },
      utterances: { train: 0, validation: 0, test: 0 },
    },
    speech: madeUpSpeech(),
    licence: { id: "CC0-1.0", notice: "", citation: "" },
    ...changes,
  };
}

/** 200 utterances of one to two seconds with normally distributed MFCC averages. */
export function madeUpSpeech() {
  const random = new RandomState(3), n = 200;
  const normal = () =>
    // Box and Muller
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const means = Float32Array.from(
    { length: n * 40 },
    (_, i) => i % 40 === 0 ? -400 + 40 * normal() : 10 * normal(),
  );
  const seconds = Array.from({ length: n }, (_, i) => 1 + i / (n - 1));
  const learned = Array.from({ length: 100 }, (_, i) => 2 * i);
  const silences = [0, 0.1, 0.2].map((before) => ({ before, after: 2 * before }));
  return speechStatistics({ means, coefficients: 40, seconds, silences, nMels: 128 }, learned);
}

/** A sound that rises and falls, with some noise. */
export function exampleSound(seconds: number, sampleRate = 22050): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, i) => 0.2 * Math.sin(i * 0.05 + 2 * Math.sin(i / 3000)) + 0.05 * Math.sin(i * i * 0.37),
  );
}
