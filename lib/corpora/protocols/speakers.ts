/**
 * Protocol P3: the speakers of the test part are new. Each fold tests on some speakers and trains on
 * the others; all folds together test every utterance once. @module
 */
import type { CorpusName } from "../types.ts";
import type { HeldOut } from "./held_out.ts";

/** One fold for each speaker, or group of speakers, that is tested on. */
const foldsOf = (...tests: readonly string[][]): HeldOut[] => tests.map((test) => ({ test }));

/**
 * The speakers that each fold keeps out of the training part.
 *
 * RAVDESS: the five folds of Luna-Jiménez et al. (Sensors 21(22), 7665, 2021), with the two validation
 * actors of each as in the code of Krasnoproshin & Vashkevich (github.com/Mak-Sim/ResLSTM-SER, 2026).
 * SAVEE: one of the four speakers (EmoBox, Interspeech 2024, divides so, too). EmoDB: a man and a woman,
 * in the order of their numbers. SAVEE and EmoDB have too few speakers to spare some for validation.
 */
export const SPEAKER_FOLDS: Readonly<Record<CorpusName, readonly HeldOut[]>> = {
  ravdess: [
    { test: ["02", "05", "14", "15", "16"], validation: ["03", "06"] },
    { test: ["03", "06", "07", "13", "18"], validation: ["10", "11"] },
    { test: ["10", "11", "12", "19", "20"], validation: ["08", "17"] },
    { test: ["08", "17", "21", "23", "24"], validation: ["01", "14"] },
    { test: ["01", "04", "09", "22"], validation: ["02", "05"] },
  ],
  savee: foldsOf(["DC"], ["JE"], ["JK"], ["KL"]),
  emodb: foldsOf(["03", "08"], ["10", "09"], ["11", "13"], ["12", "14"], ["15", "16"]),
};
