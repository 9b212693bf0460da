/** The ledger's group A, counted again. @module */
import { corpusInfo } from "../../corpora/info.ts";
import { KERNEL_SIZES } from "../../models/convolutions.ts";
import { kernelsBetween, lengthsAfter, PRINTED_LENGTHS } from "../../paper/shapes.ts";
import { TEST_UTTERANCES } from "../../paper/results.ts";
import type { Recomputations } from "./recompute.ts";

/** By number of the entry. */
export const ARCHITECTURE_COUNTED: Recomputations = {
  1: () => {
    const needed = kernelsBetween(PRINTED_LENGTHS);
    const ofText = lengthsAfter(PRINTED_LENGTHS[0], KERNEL_SIZES.text);
    return {
      says: `printed lengths ${PRINTED_LENGTHS.join(", ")} need kernels ${needed.join(", ")}; ` +
        `the text's give ${ofText.join(", ")}`,
      confirmed: needed.join() !== KERNEL_SIZES.text.join(),
    };
  },
  2: () => {
    const first = dense(1, 128), second = dense(128, 64);
    return {
      says: `1 x 128 + 128 = ${first} parameters, in the second layer 128 x 64 + 64 = ${second}`,
      confirmed: first !== 128 && second !== 64,
    };
  },
  3: () => {
    const [lstm, cnn] = [50 ** 2, 16 ** 2];
    return {
      says: `"general" has 50 x 50 = ${lstm} weights after the LSTMs and 16 x 16 = ${cnn} after ` +
        `the convolutions, "dot" none`,
      confirmed: lstm > 0 && cnn > 0,
    };
  },
  5: () => {
    const [third, fourth] = [214, 210].map((length) => lengthsAfter(length, [5])[1]);
    return {
      says: `214 - 5 + 1 = ${third} and 210 - 5 + 1 = ${fourth}`,
      confirmed: third === 210 && fourth === 206,
    };
  },
  6: () => {
    const [x, printed] = [-100, 0.01];
    return {
      says: `at x = ${x} the formula gives ${printed}, the sentence ${0.01 * x}`,
      confirmed: printed !== 0.01 * x,
    };
  },
  8: () => {
    const steps = (["ravdess", "savee"] as const).map((name) =>
      1000 * Math.ceil((corpusInfo(name).utterances - TEST_UTTERANCES[name]) / 32)
    );
    return {
      says: `1,000 epochs are ${
        steps.map((n) => n.toLocaleString("en-US")).join(" and ")
      } steps on RAVDESS and SAVEE, with batches of 32`,
      confirmed: steps.every((n) => n !== 1000),
    };
  },
};

/** Parameters of a dense layer. */
const dense = (from: number, to: number): number => from * to + to;
