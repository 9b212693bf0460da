import {
  deepStrictEqual,
  match,
  notStrictEqual,
  ok,
  strictEqual,
  throws,
} from "node:assert/strict";
import {
  type Experiment,
  experiment,
  type ExperimentParts,
  isFullLength,
  quick,
  runName,
  sameExperiment,
} from "ser/training/experiment.ts";
import { MODEL_NAMES } from "ser/models/catalogue.ts";

// deno-lint-ignore no-explicit-any -- wrong on purpose: what a reader may type
const wrong = (parts: any) => () => experiment(parts);

Deno.test("experiment() without parts is the paper's CNN-ATN on RAVDESS", () => {
  deepStrictEqual(experiment(), {
    model: "cnn-attention",
    modelOptions: {
      ...{
        kernelSizes: "shapes",
        score: "general",
        dropoutLayers: 3,
        dropout: 0.5,
        masking: false,
      },
    },
    corpus: "ravdess",
    seed: 0,
    epochs: 250,
    batchSize: 32,
    learningRate: [{ from: 0, rate: 1e-3 }, { from: 100, rate: 1e-4 }],
    padding: "before",
    split: "random",
  });
});

/** Sections 3.1, 3.2 and 3.7: rate, rate from epoch 100, dropout, and epochs, which it tells of the DBN alone. */
const PAPER_SETTINGS = {
  dbn: { learningRate: 0.05, later: undefined, dropout: 0.2, epochs: 1000 },
  sdnn: { learningRate: 1e-4, later: undefined, dropout: 0.1, epochs: undefined },
  ...Object.fromEntries(
    ["lstm", "lstm-attention", "cnn", "cnn-attention"].map((name) => [
      name,
      { learningRate: 1e-3, later: 1e-4, dropout: 0.5, epochs: undefined },
    ]),
  ),
} as Record<string, { learningRate: number; later?: number; dropout: number; epochs?: number }>;

for (const model of MODEL_NAMES) {
  Deno.test(`experiment() has the paper's settings for ${model} by default`, () => {
    const { learningRate, later, dropout, epochs } = PAPER_SETTINGS[model];
    const ours = experiment({ model });
    const second = later ? [{ from: 100, rate: later }] : [];
    deepStrictEqual(ours.learningRate, [{ from: 0, rate: learningRate }, ...second]);
    strictEqual(ours.batchSize, 32);
    strictEqual(ours.modelOptions.dropout, dropout);
    if (epochs) strictEqual(ours.epochs, epochs);
    ok(isFullLength(ours) && !isFullLength(quick(ours)));
  });
}

Deno.test("experiment() lists what it accepts", () => {
  const about = (message: RegExp, name = "RangeError") => ({ name, message });
  throws(
    wrong({ corpus: "timit" }),
    about(/corpus to be one of "ravdess", "savee", "emodb", received "timit"/),
  );
  throws(
    wrong({ model: "rnn" }),
    about(/model to be one of "dbn", .*"cnn-attention", received "rnn"/),
  );
  throws(wrong({ seed: -1 }), about(/seed to be an integer in \[0, 2\^31\), received -1/));
  throws(wrong({ epochs: 0 }), about(/epochs to be a whole number >= 1, received 0/));
  throws(wrong({ epochs: "9" }), about(/received "9"/));
  throws(wrong({ batchSize: 1.5 }), about(/batchSize to be a whole number >= 1, received 1.5/));
  throws(
    wrong({ padding: "both" }),
    about(/padding to be one of "before", "after", received "both"/),
  );
  throws(
    wrong({ split: "speaker" }),
    about(/split to be one of "random", "stratified", .*, received "speaker"/),
  );
  throws(wrong({ learningRate: 0.001 }), about(/learningRate to be steps like .*, received 0.001/));
  throws(wrong({ learningRate: [{ from: 5, rate: 1 }] }), about(/from rising from 0/));
  throws(wrong({ learningRate: [{ from: 0, rate: 0 }] }), about(/rate > 0/));
  throws(
    wrong({ learningrate: [] }),
    about(/options among model, .*modelOptions, received "learningrate"/, "TypeError"),
  );
  throws(
    wrong({ modelOptions: { units: 64 } }),
    about(/among kernelSizes, score, .*, received "units"/, "TypeError"),
  );
  throws(
    wrong({ modelOptions: { score: "cosine" } }),
    about(/score to be one of "general", "dot", "bahdanau", received "cosine"/),
  );
  throws(
    wrong({ modelOptions: { dropout: 1 } }),
    about(/dropout to be a number in \[0, 1\), received 1/),
  );
  throws(
    wrong({ modelOptions: { dropoutLayers: 6 } }),
    about(/whole number from 0 to 5, received 6/),
  );
  throws(wrong({ modelOptions: { masking: 1 } }), about(/masking to be true or false, received 1/));
});

Deno.test("experiment() takes an undefined part for the default", () => {
  deepStrictEqual(
    experiment({ seed: undefined, modelOptions: { score: undefined } }),
    experiment(),
  );
});

Deno.test("runName() is equal for equal experiments, however they were written", () => {
  const written = experiment({ seed: 3, modelOptions: { score: "general", dropoutLayers: 3 } });
  strictEqual(runName(written), runName(experiment({ modelOptions: {}, seed: 3 })));
  ok(sameExperiment(written, experiment({ seed: 3 })));
  // a fixed name: stored runs must be found again by later versions
  strictEqual(runName(experiment()), "cnn-attention_ravdess_seed0_250epochs_0b0af3f8");
});

Deno.test("sameExperiment() completes a description of a version without some part", () => {
  const { split: _, modelOptions: __, ...old } = experiment({ seed: 3 });
  ok(sameExperiment(old as Experiment, experiment({ seed: 3 })));
  ok(!sameExperiment(old as Experiment, experiment({ seed: 4 })));
});

Deno.test("runName() is as it was when the reference results were made, whatever options came since", () => {
  const name = (parts: ExperimentParts) => runName(experiment({ corpus: "savee", ...parts }));
  strictEqual(name({ model: "cnn" }), "cnn_savee_seed0_250epochs_a4409ab6");
  strictEqual(name({ model: "lstm" }), "lstm_savee_seed0_250epochs_3af12ab8");
  const usual = { kernelSizes: "shapes", masking: false };
  strictEqual(name({ modelOptions: usual }), "cnn-attention_savee_seed0_250epochs_64b12313");
});

Deno.test("runName() differs when anything differs", () => {
  const parts = [
    {},
    { corpus: "savee" as const },
    { seed: 1 },
    { epochs: 251 },
    { batchSize: 31 },
    { padding: "after" as const },
    { learningRate: [{ from: 0, rate: 1e-3 }] },
    { modelOptions: { dropoutLayers: 0 } },
    { split: "stratified" as const },
    { split: "speaker-independent" as const, fold: 1 },
    { split: "speaker-independent" as const, fold: 2 },
  ];
  strictEqual(new Set(parts.map((part) => runName(experiment(part)))).size, parts.length);
});

Deno.test("experiment() has a fold where its split has folds, and nowhere else", () => {
  const fold = { split: "speaker-independent", fold: 2 } as const;
  strictEqual(experiment(fold).fold, 2);
  strictEqual("fold" in experiment({ split: "stratified", fold: undefined }), false);
  deepStrictEqual(experiment(JSON.parse(JSON.stringify(experiment(fold)))), experiment(fold));
  const range = (split: string, corpus: string, fold: unknown, folds: number) =>
    throws(wrong({ split, corpus, fold }), {
      name: "RangeError",
      message:
        `Cannot describe the experiment: expected fold to be a whole number from 1 to ${folds}, for ${split} on ${corpus}, received ${fold}`,
    });
  range("speaker-independent", "ravdess", undefined, 5);
  range("speaker-independent", "savee", 5, 4);
  range("sentence-independent", "ravdess", 0, 2);
  range("sentence-independent", "emodb", 1.5, 5);
  throws(
    wrong({ fold: 1 }),
    /fold to be absent, since the seed decides a random split, received 1/,
  );
  throws(
    wrong({ corpus: "savee", split: "sentence-independent", fold: 1 }),
    /Cannot divide SAVEE by sentence/,
  );
});

Deno.test("runName() tells a split that is not the paper's", () => {
  match(
    runName(experiment({ model: "cnn", split: "speaker-independent", fold: 2, seed: 3 })),
    /^cnn_ravdess_speaker-independent2_seed3_250epochs_[0-9a-f]{8}$/,
  );
  match(runName(experiment({ split: "stratified" })), /^cnn-attention_ravdess_stratified_seed0_/);
});

Deno.test("quick() shortens the run and moves the learning-rate step along", () => {
  const short = quick(experiment({ corpus: "emodb", seed: 5 }));
  strictEqual(short.epochs, 10);
  deepStrictEqual(short.learningRate, [{ from: 0, rate: 1e-3 }, { from: 4, rate: 1e-4 }]);
  strictEqual(short.seed, 5);
  match(runName(short), /^cnn-attention_emodb_seed5_10epochs_/);
  notStrictEqual(runName(short), runName(experiment({ corpus: "emodb", seed: 5, epochs: 10 })));
});

Deno.test("quick() leaves a run alone that is short already", () => {
  const short = experiment({ epochs: 4 });
  deepStrictEqual(quick(short), short);
});
