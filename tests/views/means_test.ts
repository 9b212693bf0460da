import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { loadDataset } from "ser/corpora/dataset.ts";
import { randomSplit } from "ser/corpora/splits.ts";
import { sdnn } from "ser/models/sdnn.ts";
import { explainedAnswers, meansAsRead, typicalMeans } from "ser/views/means.ts";
import type { TrainedRun } from "ser/notebook/train_here.ts";
import { argMax } from "ser/layers/loss.ts";
import { predictProbabilities } from "ser/training/predict.ts";
import { experiment } from "ser/training/experiment.ts";
import { examplesOf, splitOf } from "ser/training/run_data.ts";

await loadBackend();
const emodb = await loadDataset("emodb");

Deno.test("typicalMeans() by hand: four training utterances of one coefficient", () => {
  // permutation(5) of seed 0 is 2 0 1 3 4: utterance 2 is the test part
  const dataset = {
    means: Float32Array.of(1, 3, 1000, 5, 7),
    labels: Int32Array.of(0, 0, 1, 1, 1),
    classes: ["sad", "calm", "fear"],
    coefficients: 1,
  };
  const typical = typicalMeans(dataset, { seed: 0 }); // mean 4, variance (9 + 1 + 1 + 9) / 4 = 5
  deepStrictEqual(Object.keys(typical), ["sad", "calm"]); // no training utterance of fear
  ok(Math.abs(typical.sad[0] + 2 / Math.sqrt(5)) < 1e-6); // float32
  ok(Math.abs(typical.calm[0] - 2 / Math.sqrt(5)) < 1e-6);
});

Deno.test("typicalMeans() weighted by the utterances of each emotion are zero", () => {
  const typical = typicalMeans(emodb, { seed: 1 });
  const { train } = randomSplit(emodb.labels.length, { seed: 1 });
  for (let c = 0; c < 40; c++) {
    const sum = [...train].reduce(
      (sum, i) => sum + typical[emodb.classes[emodb.labels[i]]][c],
      0,
    );
    ok(Math.abs(sum / train.length) < 1e-5); // float32
  }
});

Deno.test("meansAsRead() fits the scaling to the training part alone", () => {
  // permutation(5) of seed 0 is 2 0 1 3 4: utterance 2 is the test part
  const dataset = {
    means: Float32Array.of(1, 3, 9, 5, 7),
    labels: Int32Array.of(0, 0, 1, 1, 1),
    coefficients: 1,
    corpus: { utterances: [] },
  };
  const read = (scaling: string) => {
    const run = { experiment: { seed: 0, split: "random", modelOptions: { scaling } } };
    return [...meansAsRead({ run, dataset } as unknown as TrainedRun)];
  };
  deepStrictEqual(read("raw"), [1, 3, 9, 5, 7]);
  // (x - 1) / 6, rounded to float32
  deepStrictEqual(read("minmax"), [0, 2, 8, 4, 6].map((x) => Math.fround(x / 6)));
});

Deno.test("meansAsRead() takes the training part of the experiment's own split", () => {
  const wanted = experiment({
    ...{ model: "sdnn", corpus: "emodb", split: "speaker-independent", fold: 2 },
    modelOptions: { scaling: "minmax" },
  });
  const read = meansAsRead(
    { run: { experiment: wanted }, dataset: emodb } as unknown as TrainedRun,
  );
  const { train } = splitOf(wanted, emodb);
  const first = Array.from(train, (i) => read[40 * i]); // of the first coefficient
  deepStrictEqual([Math.min(...first), Math.max(...first)], [0, 1]);
});

for (const scaling of ["raw", "z"] as const) {
  Deno.test(`explainedAnswers() add up to the answer of a network on ${scaling} averages`, async () => {
    const model = sdnn({ classes: 4, seed: 0 });
    const { test, train } = randomSplit(emodb.labels.length, { seed: 0 });
    const { train: known, test: asked } = examplesOf(emodb, { train, test }, {
      ...{ input: "means", scaling, shape: [40, 1] },
    });
    const probabilities = await predictProbabilities(model, asked.x);
    const predictions = [...test].map((i, n) => {
      const row = [...probabilities.subarray(4 * n, 4 * n + 4)];
      const { id } = emodb.corpus.utterances[i];
      return { id, label: emodb.labels[i], predicted: argMax(row), probabilities: row };
    });
    const run = {
      predictions,
      experiment: { seed: 0, split: "random", modelOptions: { scaling } },
    };
    const trained = { model, dataset: emodb, run } as unknown as TrainedRun;
    const answers = explainedAnswers(trained);
    strictEqual(answers[0].figure.data[0].zmax, answers[1].figure.data[0].zmax);
    for (const [n, answer] of answers.entries()) {
      ok(answer.difference < 1e-3, `${answer.difference}`); // float32 sums of 2560 terms
      const z = answer.figure.data[0].z as number[][];
      strictEqual(z.length, 4);
      const largest = Math.max(...z.flat().map(Math.abs));
      z[0].forEach((_, c) => {
        const sum = z.reduce((sum, row) => sum + row[c], 0);
        ok(Math.abs(sum) <= 0.003 * largest); // rounded to 3 digits
      });
      const chosen = predictions.find(({ id }) => id === answer.id)!;
      strictEqual(chosen.label === chosen.predicted, n === 0);
      // the sums beside the emotions are logits: their differences are those of the log-probabilities
      const sums = (answer.figure.data[0].y as string[])
        .map((name) => Number(name.split(" ")[1].replace("−", "-")));
      sums.forEach((sum, k) => {
        const odds = Math.log(chosen.probabilities[k] / chosen.probabilities[0]);
        ok(Math.abs(sum - sums[0] - odds) < 0.11); // printed with one digit
      });
    }
    known.x.dispose();
    asked.x.dispose();
    model.dispose();
  });
}

Deno.test("explainedAnswers() has none where no utterance was tested", () => {
  const trained = { model: null, dataset: emodb, run: { predictions: [] } };
  deepStrictEqual(explainedAnswers(trained as unknown as TrainedRun), []);
});
