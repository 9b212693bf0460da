/** Trains small deep belief networks of awkward sizes; as a program, prints all results. @module */
import * as tf from "@tensorflow/tfjs";
import { loadBackend } from "ser/backend/load.ts";
import { DBN } from "ser/dbn/dbn.ts";
import { seededDraws } from "ser/dbn/draws.ts";
import { RandomState } from "ser/support/random.ts";

/** Examples, features, hidden units, classes, examples per step: no multiples of vectors or tiles. */
const SIZES = [
  { n: 37, features: 1, hidden: [5], classes: 2, batchSize: 7 },
  { n: 50, features: 40, hidden: [128, 1, 17], classes: 9, batchSize: 33 },
  { n: 20, features: 19, hidden: [128, 128], classes: 8, batchSize: 64 },
  { n: 96, features: 16, hidden: [24, 5], classes: 3, batchSize: 48 },
];

/** Named results of all sizes and both variants, after three epochs of each kind. */
export async function trainAll(): Promise<Record<string, number[]>> {
  const results: Record<string, number[]> = {};
  for (const variant of ["numpy", "tensorflow"] as const) {
    for (const { n, features, hidden, classes, batchSize } of SIZES) {
      const random = new RandomState(n);
      const values = Float32Array.from({ length: n * features }, () => random.uniform());
      const x = tf.tensor2d(values, [n, features]);
      const labels = Int32Array.from({ length: n }, (_, i) => i % classes);
      const dbn = new DBN(features, classes, { hidden, variant, draws: seededDraws(n) });
      const of = `${variant}, ${n} examples:`;
      const errors = await dbn.pretrain(x, { epochs: 3, batchSize, learningRate: 0.05 });
      results[`${of} reconstruction errors`] = errors.flat();
      for (const [i, { W, b, c }] of dbn.rbms.entries()) {
        results[`${of} W ${i}`] = [...W.dataSync()];
        results[`${of} b ${i}`] = [...b.dataSync()];
        results[`${of} c ${i}`] = [...c.dataSync()];
      }
      const learningRate = 0.2;
      results[`${of} losses`] = await dbn.fineTune(x, labels, {
        ...{ epochs: 3, batchSize, learningRate },
      });
      results[`${of} probabilities`] = [...await dbn.predict(x)];
      for (const [i, { W, b }] of dbn.network().entries()) {
        results[`${of} network W ${i}`] = [...W.dataSync()];
        results[`${of} network b ${i}`] = [...b.dataSync()];
        tf.dispose([W, b]);
      }
      dbn.dispose();
      x.dispose();
    }
  }
  return results;
}

if (import.meta.main) {
  await loadBackend();
  console.log(JSON.stringify(await trainAll()));
}
