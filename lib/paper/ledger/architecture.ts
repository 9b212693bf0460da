/** The ledger, group A: what the networks are. @module */
import type { LedgerEntry } from "./entry.ts";

/** Entries 1 to 9. */
export const ARCHITECTURE: readonly LedgerEntry[] = [
  {
    number: 1,
    section: "3.5, 3.6",
    quotes: ["set the kernel size to 9, as explained above"],
    flaw: "The kernels of the text, 9, 9, 7, 7, 5, do not give the printed shapes.",
    evidence: ["arithmetic", "runs"],
    resolution: 'Kernels 9, 7, 5, 5, 3; those of the text as option kernelSizes "text".',
    changes: ["kernelSizes text"],
  },
  {
    number: 2,
    section: "3.2",
    quotes: ["due to the number of 128 parameters we defined"],
    flaw: "128 are the units of the layer; its parameters are others.",
    evidence: ["arithmetic"],
    resolution: "128 and 64 units, applied to each coefficient alone.",
  },
  {
    number: 3,
    section: "3.4, 3.6",
    quotes: ["applies the dot-product attention mechanism"],
    flaw:
      "The dot product needs no weights; but the 128 numbers of tanh(W[c; h]) from many frames " +
      "to one are those of the package keras-attention, whose score is Luong's general, h W h.",
    evidence: ["source", "arithmetic", "runs"],
    resolution: 'Score "general"; "dot" as printed is an option.',
    changes: ["score dot"],
  },
  {
    number: 4,
    section: "3.5, Discussion",
    quotes: ["is the same as the third one", "The 1st, 2nd and 3rd convolution layers"],
    flaw:
      "Dropout follows four convolutions in the CNN, three in CNN-ATN; it follows attention in " +
      "LSTM-ATN, not in CNN-ATN. So CNN and CNN-ATN differ in more than attention.",
    evidence: ["two passages", "runs"],
    resolution: "As written; dropoutLayers 4 for CNN-ATN is an option.",
    changes: ["dropoutLayers 4"],
  },
  {
    number: 5,
    section: "3.6",
    quotes: ["due to the elimination of zero values"],
    flaw: "Nothing is eliminated: a window of 5 has 4 places fewer than there are frames.",
    evidence: ["arithmetic"],
    resolution: "Convolution without padding.",
  },
  {
    number: 6,
    section: "4.2",
    quotes: ["multiplied by a factor of 0.01"],
    flaw: "The formula below that sentence gives 0.01 itself for every negative x.",
    evidence: ["two passages", "arithmetic"],
    resolution: "0.01 x, as in the sentence.",
  },
  {
    number: 7,
    section: "3.2",
    quotes: ["receives the average time of the 40 MFCCs"],
    flaw: "An average time would be in seconds; section 3.1 has it right, time average.",
    evidence: ["two passages"],
    resolution: "Mean of each MFCC over the frames, before padding.",
  },
  {
    number: 8,
    section: "3.1",
    quotes: ["the value 1000 for the number of iterations"],
    flaw: "In the package that is named, these iterations are passes over the training set.",
    evidence: ["source", "arithmetic"],
    resolution: "1000 epochs of back-propagation.",
  },
  {
    number: 9,
    section: "3.7",
    quotes: ["The BDN model", "for all the models, except DBN, is 32"],
    flaw: "BDN is DBN; and its batch size, here excepted, is 32 in section 3.1.",
    evidence: ["two passages"],
    resolution: "DBN, in batches of 32.",
  },
];
