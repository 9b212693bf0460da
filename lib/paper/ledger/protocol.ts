/** The ledger, group E: how it was tested. @module */
import type { LedgerEntry } from "./entry.ts";

/** Entries 34 to 38. */
export const PROTOCOL: readonly LedgerEntry[] = [
  {
    number: 34,
    section: "4",
    quotes: ["splitting both databases into a training set"],
    flaw: "At random: the same speakers and sentences stand on both sides.",
    evidence: ["silence", "runs"],
    resolution: "The same, and folds of new speakers beside it (notebook 10).",
  },
  {
    number: 35,
    section: "4",
    quotes: ["a validation (test) set"],
    flaw: "One part for both: whoever chooses anything by it has no test set left.",
    evidence: ["silence"],
    resolution: "The last epoch, fixed beforehand; --split stratified has a validation part.",
  },
  {
    number: 36,
    section: "4",
    quotes: [],
    flaw: "One run of each network, no seed; how far another run would be is not known.",
    evidence: ["silence", "runs"],
    resolution: "Five seeds (notebook 10).",
  },
  {
    number: 37,
    section: "3.3",
    quotes: ["(228 and 308 respectively)"],
    flaw: "The length of the longest utterance of the whole corpus, test part included; on which " +
      "side the zeros are is not said.",
    evidence: ["arithmetic", "silence", "runs"],
    resolution: "The same lengths; zeros before the frames, after them as an option.",
    changes: ["zeros after the speech", "masking true, zeros after the speech"],
  },
  {
    number: 38,
    section: "4",
    quotes: [],
    flaw:
      "Neutral is half as frequent as the others in RAVDESS and twice in SAVEE; accuracy alone " +
      "rewards the frequent.",
    evidence: ["arithmetic", "silence"],
    resolution: "UAR, the mean recall, beside accuracy (notebook 10).",
  },
];
