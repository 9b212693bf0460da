/** The ledger, group B: numbers. @module */
import type { LedgerEntry } from "./entry.ts";

/** Entries 10 to 17. */
export const NUMBERS: readonly LedgerEntry[] = [
  {
    number: 10,
    section: "Table 2",
    quotes: ["45.18"],
    flaw: "No whole number of 288 test utterances gives 45.18 %.",
    evidence: ["arithmetic"],
    resolution: "Taken as 130 of 288.",
  },
  {
    number: 11,
    section: "4.2",
    quotes: ["the accuracy increases dimly (55.7%)"],
    flaw: "No whole number of 96 gives 55.7 %; and the gain of 0.5 points is half an utterance.",
    evidence: ["arithmetic"],
    resolution: "Taken as 53 of 96, the same as without the change.",
  },
  {
    number: 12,
    section: "4.2",
    quotes: ["overfits to a percentage of 45%", "overfits to a percentage of 63%"],
    flaw: "Elsewhere overfitting is 100 less the test accuracy; so these should be 35 and 53.",
    evidence: ["arithmetic"],
    resolution: "Training less test accuracy, of each run.",
  },
  {
    number: 13,
    section: "4.4",
    quotes: ["the best success rate (91.6%)", "the optimal success rate (97%)"],
    flaw: "Some recalls are cut off, others rounded.",
    evidence: ["arithmetic"],
    resolution: "We take k of n, which the text prints beside them.",
  },
  {
    number: 14,
    section: "4.4",
    quotes: ["in 9 out of 20 samples"],
    flaw: "The test part has 20 neutral utterances for the DBN, and 21 for four other models.",
    evidence: ["arithmetic", "two passages"],
    resolution: "21.",
  },
  {
    number: 15,
    section: "4.4",
    quotes: ["identifying only 4 out of 11 samples", "in 3 out of 12 samples for each"],
    flaw: "The same emotion has 11 test utterances, and 12 in the next half-sentence.",
    evidence: ["two passages"],
    resolution: "11.",
  },
  {
    number: 16,
    section: "Table 2",
    quotes: ["47.92", "70.5"],
    flaw:
      "No, one and two decimals in a column: a whole per cent of 288 leaves three counts open, " +
      "so that two rows may be equal.",
    evidence: ["arithmetic"],
    resolution: "All counts that round to a number are kept.",
  },
  {
    number: 17,
    section: "4.2",
    quotes: ["some increase in loss", "from 1.3 to 1.6"],
    flaw: "Without dropout the loss on SAVEE rises to 1.6, called worse than one around 1.5.",
    evidence: ["two passages"],
    resolution: "Mean test loss of the last epochs, seed by seed (notebook 10).",
  },
];
