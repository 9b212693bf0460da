import { deepStrictEqual, ok, rejects, strictEqual, throws } from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { resample } from "ser/audio/resample.ts";
import { withTemperature } from "ser/evaluation/calibration.ts";
import { featureSteps } from "ser/features/kernels.ts";
import { mfcc } from "ser/features/mfcc.ts";
import { padFrames, timeAverage } from "ser/features/pad.ts";
import { type ModelFile, modelFileText } from "ser/recognition/model_file.ts";
import { loadRecogniser } from "ser/recognition/recogniser.ts";
import { restoreWeights } from "ser/recognition/weights.ts";
import { buildModel, MODEL_NAMES } from "ser/models/catalogue.ts";
import { exampleFile, exampleSound, FRAMES } from "./example.ts";

const files = await Promise.all(MODEL_NAMES.map((name) => exampleFile(name)));
const load = (chosen: readonly ModelFile[] = files) => loadRecogniser(chosen.map(modelFileText));

/** What a network answers, built and fed by hand. */
function answerByHand(file: ModelFile, samples: Float32Array): number[] {
  return tf.tidy(() => {
    const model = buildModel(
      file.model,
      { frames: FRAMES, coefficients: 40, classes: 3 },
      file.modelOptions,
      5,
    );
    restoreWeights(model, file.weights);
    const frames = mfcc(samples);
    const x = file.model === "dbn"
      ? tf.tensor(timeAverage(frames), [1, 40])
      : file.model === "sdnn"
      ? tf.tensor(timeAverage(frames), [1, 40, 1])
      : tf.tensor(padFrames(frames, FRAMES).data, [1, FRAMES, 40]);
    return Array.from((model.predict(x) as tf.Tensor).dataSync());
  });
}

Deno.test("recognise() gives what each of the six networks answers, calibrated and raw", async () => {
  const recogniser = load(), samples = exampleSound(1.2);
  const { answers, emotions, seconds, read } = await recogniser.recognise({
    samples,
    sampleRate: 22050,
  });
  deepStrictEqual(answers.map(({ model }) => model), MODEL_NAMES);
  answers.forEach(({ raw, probabilities, emotion }, i) => {
    const expected = answerByHand(files[i], samples);
    raw.forEach((p, c) => ok(Math.abs(p - expected[c]) < 1e-6)); // the same float32 operations
    deepStrictEqual(probabilities, withTemperature(raw, 2));
    strictEqual(emotion, emotions[raw.indexOf(Math.max(...raw))]);
  });
  deepStrictEqual([seconds, read], [1.2, { from: 0, to: 1.2, all: true }]);
  recogniser.dispose();
});

Deno.test("recognise() says where networks with attention looked, on the recording's time", async () => {
  const recogniser = load();
  const { answers, mfcc: frames } = await recogniser.recognise({
    samples: exampleSound(1.2),
    sampleRate: 22050,
  });
  const looking = answers.filter(({ attention }) => attention);
  deepStrictEqual(looking.map(({ model }) => model), ["lstm-attention", "cnn-attention"]);
  for (const { attention } of looking) {
    const sum = attention!.weights.reduce((a, b) => a + b, 0);
    ok(Math.abs(sum + attention!.onPadding - 1) < 1e-5);
    strictEqual(attention!.frameWeights.length, frames.rows);
  }
  // LSTM: a position is a frame; CNN: 25 frames, of which the last ends with the recording
  const [lstm, cnn] = looking.map(({ attention }) => attention!);
  strictEqual(lstm.weights.length, frames.rows);
  ok(Math.abs(cnn.times.at(-1)! - (frames.rows - 13) * 512 / 22050) < 1e-6);
  recogniser.dispose();
});

Deno.test("recognise() reads the loudest part of what is longer, and says so", async () => {
  const recogniser = load([files[1]]);
  const quiet = exampleSound(4).map((value, i) =>
    i > 2 * 22050 && i < 3.5 * 22050 ? value : value / 50
  );
  const { read, familiarity } = await recogniser.recognise({ samples: quiet, sampleRate: 22050 });
  strictEqual(read.all, false);
  ok(read.from >= 2 - 0.1 && read.to <= 3.5 + 0.1);
  ok(Math.abs(read.to - read.from - FRAMES * 512 / 22050) < 1e-9);
  ok(familiarity.reasons.some(({ kind }) => kind === "long"));
  recogniser.dispose();
});

Deno.test("recognise() resamples, and takes the steps that it is given", async () => {
  const recogniser = load([files[5]]), samples = exampleSound(1, 44100);
  const compiled = loadRecogniser([modelFileText(files[5])], { steps: featureSteps });
  const sound = { samples, sampleRate: 44100 };
  const [{ raw }] = (await recogniser.recognise(sound)).answers;
  const expected = answerByHand(files[5], resample(samples, 44100, 22050));
  raw.forEach((p, c) => ok(Math.abs(p - expected[c]) < 1e-6));
  const [other] = (await compiled.recognise(sound)).answers;
  other.raw.forEach((p, c) => ok(Math.abs(p - expected[c]) < 1e-4)); // MFCCs in another order of sums
  recogniser.dispose();
  compiled.dispose();
});

Deno.test("recognise() keeps no tensor, dispose() frees all", async () => {
  const before = tf.memory().numTensors;
  const recogniser = load(), loaded = tf.memory().numTensors;
  const sound = { samples: exampleSound(0.5), sampleRate: 22050 };
  await recogniser.recognise(sound);
  await recogniser.recognise(sound);
  strictEqual(tf.memory().numTensors, loaded);
  recogniser.dispose();
  strictEqual(tf.memory().numTensors, before);
});

Deno.test("recognise() refuses less than a frame and more than five minutes", async () => {
  const recogniser = load([files[1]]);
  await rejects(recogniser.recognise({ samples: new Float32Array(0), sampleRate: 16000 }), {
    name: "RangeError",
    message:
      "Cannot recognise the emotion: expected at least one frame of 93 ms, received 0.0 ms; the recording is too short",
  });
  const hour = new Float32Array(8000 * 301);
  await rejects(recogniser.recognise({ samples: hour, sampleRate: 8000, name: "a.wav" }), {
    name: "RangeError",
    message:
      'Cannot recognise "a.wav": expected one utterance of at most 300 s, received 301 s; cut the recording into sentences',
  });
  recogniser.dispose();
});

Deno.test("recognise() refuses samples that are not finite or absurd, saying where", async () => {
  const recogniser = load([files[0]]), samples = exampleSound(1);
  for (const value of [NaN, Infinity, 1e19]) {
    await rejects(
      recogniser.recognise({ samples: samples.with(11025, value), sampleRate: 22050 }),
      {
        name: "RangeError",
        message: new RegExp(
          `^Cannot recognise the emotion: expected samples .*, received ${value} at sample 11025 \\(0\\.5 s\\)$`
            .replace("+", "\\+"),
        ),
      },
    );
  }
  recogniser.dispose();
});

Deno.test("loadRecogniser() refuses files that do not go together, and none", async () => {
  throws(() => loadRecogniser([]), { name: "RangeError", message: /at least one model file/ });
  const other = await exampleFile("sdnn", { labels: ["angry", "calm", "happy"] });
  throws(() => load([files[0], other]), {
    name: "TypeError",
    message:
      /^Cannot load the recogniser: expected model files of one corpus with the same features and silence/,
  });
  const before = tf.memory().numTensors;
  const wrong = await exampleFile("sdnn", { weights: files[0].weights });
  throws(() => load([files[5], wrong]), {
    name: "TypeError",
    message: /^Cannot load the weights of "sdnn"/,
  });
  strictEqual(tf.memory().numTensors, before);
});
