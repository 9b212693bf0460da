import * as tf from "@tensorflow/tfjs";
import { match, rejects } from "node:assert/strict";
import { loadSignal } from "ser/audio/load.ts";
import { loadBackend } from "ser/backend/load.ts";
import { loadDataset } from "ser/corpora/dataset.ts";
import { loadCorpus } from "ser/corpora/load.ts";
import { DBN } from "ser/dbn/dbn.ts";
import { dbnNetwork } from "ser/dbn/network.ts";
import { RBM } from "ser/dbn/rbm.ts";
import { extractFeatures } from "ser/features/cache.ts";
import { logMelSpectrogram, melFilterBank } from "ser/features/mel.ts";
import { mfcc } from "ser/features/mfcc.ts";
import { powerSpectrogram } from "ser/features/stft.ts";
import { cnn } from "ser/models/cnn.ts";
import { cnnAttention } from "ser/models/cnn_attention.ts";
import { lstm } from "ser/models/lstm.ts";
import { lstmAttention } from "ser/models/lstm_attention.ts";
import { sdnn } from "ser/models/sdnn.ts";
import { trainHere } from "ser/notebook/train_here.ts";
import { loadRecogniser } from "ser/recognition/recogniser.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { experiment } from "ser/training/experiment.ts";
import { trainOrLoad } from "ser/training/runs.ts";

await loadBackend();

/** What a notebook may write: its code is not type-checked. */
// deno-lint-ignore no-explicit-any
const strange: any = { sedd: 1 };
const sizes = { frames: 40, classes: 2, seed: 0, ...strange };
const signal = new Float32Array(100), x = tf.ones([4, 2]) as tf.Tensor2D;
// deno-lint-ignore no-explicit-any
const dataset: any = {};

const CALLS: Record<string, () => unknown> = {
  loadDataset: () => loadDataset("emodb", strange),
  loadCorpus: () => loadCorpus("emodb", strange),
  loadSignal: () => loadSignal(`${PROJECT_ROOT}/data/emodb/03a01Fa.flac`, strange),
  extractFeatures: () => extractFeatures([], strange),
  mfcc: () => mfcc(signal, strange),
  logMelSpectrogram: () => logMelSpectrogram(signal, strange),
  melFilterBank: () => melFilterBank(strange),
  powerSpectrogram: () => powerSpectrogram(signal, strange),
  cnn: () => cnn(sizes),
  cnnAttention: () => cnnAttention(sizes),
  lstm: () => lstm(sizes),
  lstmAttention: () => lstmAttention(sizes),
  sdnn: () => sdnn({ classes: 2, seed: 0, ...strange }),
  dbnNetwork: () => dbnNetwork({ classes: 2, ...strange }),
  RBM: () => new RBM(2, 3, strange),
  "RBM.fit": () => new RBM(2, 3).fit(x, strange),
  contrastiveDivergence: () =>
    new RBM(2, 3).contrastiveDivergence(x, { learningRate: 1, ...strange }),
  DBN: () => new DBN(2, 2, strange),
  pretrain: () => new DBN(2, 2).pretrain(x, strange),
  fineTune: () => new DBN(2, 2).fineTune(x, Int32Array.of(0, 1, 0, 1), strange),
  experiment: () => experiment(strange),
  "experiment's modelOptions": () => experiment({ modelOptions: strange }),
  trainOrLoad: () => trainOrLoad(experiment(), dataset, strange),
  trainHere: () => trainHere(experiment(), dataset, strange),
  loadRecogniser: () => loadRecogniser([], strange),
};

for (const [name, call] of Object.entries(CALLS)) {
  Deno.test(`${name}() refuses an option that there is not by its name`, async () => {
    await rejects(async () => await call(), (error: Error) => {
      match(`${error}`, /^TypeError: Cannot .+: expected options among .+, received "sedd"/);
      return true;
    });
  });
}

Deno.test("loadDataset() says that it has no settings of the features", async () => {
  // deno-lint-ignore no-explicit-any
  await rejects(loadDataset("emodb", { nMfcc: 13 } as any), {
    name: "TypeError",
    message:
      'Cannot load the dataset: expected options among root, allowProblems, manifest, progress, padding, cacheFolder, warn, received "nMfcc"',
  });
});
