/** What may be done with weights that were trained on a corpus. @module */
import { corpusInfo } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import type { StoredLicence } from "./model_file.ts";

/** Corpora whose licence lets others have what was trained on them. */
const LICENCES: Partial<Record<CorpusName, Omit<StoredLicence, "citation">>> = {
  emodb: {
    id: "CC0-1.0",
    notice: "Trained on EmoDB, which its authors published under CC0 1.0 (public domain): " +
      "do with these weights what you like. Please cite the corpus.",
  },
  ravdess: {
    id: "CC-BY-NC-SA-4.0",
    notice: "Trained on RAVDESS by S. R. Livingstone and F. A. Russo, which is licensed under " +
      "CC BY-NC-SA 4.0 (https://creativecommons.org/licenses/by-nc-sa/4.0/): these weights are passed " +
      "on under the same licence, with attribution, not for commercial purposes. Changes: the " +
      "recordings' MFCCs trained neural networks; no recording is part of the files.",
  },
};

/** Corpora that models can be exported for. */
export const EXPORTABLE: readonly CorpusName[] = Object.keys(LICENCES) as CorpusName[];

/**
 * The licence of weights trained on a corpus.
 * @throws {RangeError} If the corpus's licence does not let others have them.
 * @example Usage
 * ```ts
 * import { weightsLicence } from "ser/recognition/licence.ts";
 * import { strictEqual, throws } from "node:assert/strict";
 * strictEqual(weightsLicence("emodb").id, "CC0-1.0");
 * throws(() => weightsLicence("savee"), /for research, after registration/);
 * ```
 */
export function weightsLicence(corpus: CorpusName): StoredLicence {
  const licence = LICENCES[corpus], { title, citation } = corpusInfo(corpus);
  if (licence) return { ...licence, citation };
  throw new RangeError(
    `Cannot export models of ${title}: expected one of ${
      EXPORTABLE.join(", ")
    }, received "${corpus}", whose recordings are for research, after registration, and whose licence does not say that others may have what was trained on them`,
  );
}

/** The text of the notice beside a corpus's model files. */
export function licenceText(corpus: CorpusName): string {
  const { id, notice, citation } = weightsLicence(corpus);
  return `SPDX-License-Identifier: ${id}\n\n${notice}\n\n${citation}\n`;
}
