import { strictEqual } from "node:assert/strict";
import { didYouMean } from "ser/support/nearest.ts";

Deno.test("didYouMean() finds a letter too many, too few, another, and two swapped", () => {
  const words = ["predict", "features", "train", "test"];
  for (const word of ["predicts", "predit", "pradict", "perdict", "PREDICT"]) {
    strictEqual(didYouMean(word, words), ' (did you mean "predict"?)', word);
  }
});

Deno.test("didYouMean() takes the nearest of several, and a beginning", () => {
  strictEqual(didYouMean("lstn", ["lstm-attention", "lstm"]), ' (did you mean "lstm"?)');
  strictEqual(didYouMean("feat", ["predict", "features"]), ' (did you mean "features"?)');
});

Deno.test("didYouMean() says nothing of a word that is far from all", () => {
  strictEqual(didYouMean("piano", ["lstm", "cnn", "dbn"]), "");
  strictEqual(didYouMean("", ["lstm"]), "");
  strictEqual(didYouMean("x", []), "");
});
