/** The ledger, group C: claims that the paper's own data do not carry. @module */
import type { LedgerEntry } from "./entry.ts";

/** Entries 18 to 22. */
export const CLAIMS: readonly LedgerEntry[] = [
  {
    number: 18,
    section: "Abstract",
    quotes: ["networks with the addition of the attention mechanism did better than the others"],
    flaw: "On RAVDESS, LSTM-ATN is worse than the LSTM and the CNN; on SAVEE it equals the DNN.",
    evidence: ["arithmetic"],
    resolution: "Both pairs over five seeds (notebook 10).",
  },
  {
    number: 19,
    section: "Conclusions",
    quotes: ["significantly outperforms other attempts of ours"],
    flaw:
      "No test is reported, and against the nearest rivals the counts give none that is significant.",
    evidence: ["arithmetic"],
    resolution: "Corrected t-test over seeds, McNemar's test on one split (notebook 10).",
  },
  {
    number: 20,
    section: "Abstract, Table 4",
    quotes: ["exceeded existing state-of-the-art systems", "68 / 80"],
    flaw: "Table 4 itself has a system above the paper's 77.",
    evidence: ["arithmetic"],
    resolution: "No claim; ours on known and on new speakers beside the tables (notebook 10).",
  },
  {
    number: 21,
    section: "4.4",
    quotes: ["they find it difficult to determine", "our models can perceive"],
    flaw: "Said of neutral on RAVDESS, and that it is easy on SAVEE: so for some models only.",
    evidence: ["arithmetic"],
    resolution: "Every such statement counted over all seeds (notebook 10).",
  },
  {
    number: 22,
    section: "Conclusions",
    quotes: ["to focus on the parts of the audio input which contain more emotional information"],
    flaw: "No attention weight is shown anywhere.",
    evidence: ["silence"],
    resolution: "Weights drawn under the speech, and measured (notebooks 4 and 6).",
  },
];
