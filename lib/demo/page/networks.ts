/** The trained networks, asked. TEMPORARY stand-in. @module */
import * as tf from "@tensorflow/tfjs";
import { resample } from "../../audio/resample.ts";
import type { Matrix } from "../../features/matrix.ts";
import { mfcc } from "../../features/mfcc.ts";
import { attentionWeights } from "../../models/attention_weights.ts";
import { cnnAttention } from "../../models/cnn_attention.ts";
import { lstmAttention } from "../../models/lstm_attention.ts";
import type { NetworkAnswer } from "./answers.ts";
import { make } from "./dom.ts";
import type { Sound } from "./sound.ts";
import type { Attention } from "./timeline.ts";

export interface Answer {
  emotions: readonly string[];
  networks: readonly (NetworkAnswer & { attention?: Attention })[];
  mfcc: Matrix;
  secondsPerFrame: number;
  warnings: readonly string[];
  verdict: readonly (Node | string)[];
}
export interface NetworkSet {
  name: string;
  label: string;
  about: string;
}
export const networkSets = (): NetworkSet[] => [
  { name: "emodb", label: "German: EmoDB, 4 emotions", about: "" },
  { name: "ravdess", label: "English: RAVDESS, 8 emotions", about: "" },
];
export async function ask(_set: NetworkSet, sound: Sound): Promise<Answer> {
  await tf.setBackend("cpu");
  const m = mfcc(resample(sound.samples, sound.sampleRate, 22050));
  const emotions = ["anger", "happiness", "neutral", "sadness"];
  const frames = Math.max(200, m.rows);
  const input = new Float32Array(frames * 40);
  input.set(m.data, (frames - m.rows) * 40);
  const x = tf.tensor3d(input, [1, frames, 40]).div(100) as tf.Tensor3D;
  const spf = 512 / 22050;
  const networks = [cnnAttention, lstmAttention].map((build, i) => {
    const model = build({ frames, classes: 4, seed: i });
    const probabilities = (model.predict(x) as tf.Tensor).dataSync() as Float32Array;
    const weights = attentionWeights(model, x).dataSync();
    const field = frames - weights.length + 1;
    const times = Array.from(weights, (_, t) => (t + (field - 1) / 2 - (frames - m.rows)) * spf);
    return {
      title: ["CNN-ATN", "LSTM-ATN"][i],
      about: "Right for 77 % of new speakers.",
      probabilities,
      attention: { weights, times, width: field * spf },
    };
  });
  return {
    emotions,
    networks: [...networks, ...networks],
    mfcc: m,
    secondsPerFrame: spf,
    warnings: ["It is loud."],
    verdict: [make("strong", {}, "Sadness"), ", says x"],
  };
}
