/** Whether what section 4.4 says of single emotions holds for a confusion matrix of ours. @module */
import type { ClassFact } from "../paper/confusions.ts";
import { recalls } from "./metrics.ts";

/** One statement of the paper, judged. */
export interface JudgedStatement {
  /** For example `neutral has the lowest recall`, `neutral is mostly taken for calm`. */
  statement: string;
  /** The paper's share, in [0, 1], and the counts that it stands for. */
  paper: { share: number; count: number; support: number };
  /** Ours; NaN where no utterance of that emotion was tested. */
  ours: number;
  /** Whether it is so in ours. */
  holds: boolean;
}

/**
 * Judges all that the paper says of one model on one corpus. An emotion is "the lowest" if no other is
 * lower; where the paper calls m emotions the lowest, if fewer than m others are. Likewise "the best",
 * and an emotion that it is mostly taken for. "Second" is what exactly one other is in front of.
 * @param facts What `classFacts` gives for model and corpus.
 * @param confusion Ours, `[classes][classes]`; row = true class.
 * @param classes Names of the emotions in the order of the rows.
 * @throws {RangeError} If the paper names an emotion that is not among them.
 * @example Usage
 * ```ts
 * import { judgeStatements } from "ser/evaluation/class_statements.ts";
 * import type { ClassFact } from "ser/paper/confusions.ts";
 * import { deepStrictEqual } from "node:assert/strict";
 * const fact: ClassFact = {
 *   ...{ model: "cnn", corpus: "savee", emotion: "disgust", rank: "lowest" } as const,
 *   ...{ printed: "10", correct: 1, support: 10 },
 *   confusions: [{ emotion: "sadness", count: 4 }],
 * };
 * const confusion = [[1, 3, 2], [0, 5, 0], [0, 1, 4]];
 * const judged = judgeStatements([fact], confusion, ["disgust", "fear", "sadness"]);
 * deepStrictEqual(judged.map(({ statement, holds }) => [statement, holds]), [
 *   ["disgust has the lowest recall", true],
 *   ["disgust is mostly taken for sadness", false], // but for fear
 * ]);
 * ```
 */
export function judgeStatements(
  facts: readonly ClassFact[],
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
): JudgedStatement[] {
  const at = (emotion: string) => placeOf(emotion, classes);
  const found = recalls(confusion);
  return facts.flatMap((fact) => {
    const { emotion, rank, correct, support, confusions = [] } = fact;
    const row = confusion[at(emotion)], total = row.reduce((sum, count) => sum + count, 0);
    const together = facts.filter((other) => other.rank === rank).length;
    const ranked: JudgedStatement = {
      statement: `${emotion} has the ${rank} recall`,
      paper: { share: correct / support, count: correct, support },
      ours: found[at(emotion)],
      holds: hasRank(found, at(emotion), rank, together),
    };
    const wrong = row.map((count, i) => i === at(emotion) ? -1 : count);
    const taken = confusions.map(({ emotion: other, count }): JudgedStatement => ({
      statement: `${emotion} is mostly taken for ${other}`,
      paper: { share: count / support, count, support },
      ours: row[at(other)] / total,
      holds: row[at(other)] > 0 &&
        wrong.filter((more) => more > row[at(other)]).length < confusions.length,
    }));
    return [ranked, ...taken];
  });
}

function placeOf(emotion: string, classes: readonly string[]): number {
  const place = classes.indexOf(emotion);
  if (place >= 0) return place;
  throw new RangeError(
    `Cannot judge the statement: expected an emotion among ${
      classes.join(", ")
    }, received "${emotion}"`,
  );
}

/** Whether a recall has a rank among all; classes without utterances have none. */
function hasRank(
  recalls: readonly number[],
  at: number,
  rank: ClassFact["rank"],
  together: number,
): boolean {
  const sign = rank.endsWith("best") ? 1 : -1, own = recalls[at];
  if (Number.isNaN(own)) return false;
  const inFront = recalls.filter((other) => sign * other > sign * own).length;
  if (!rank.startsWith("second")) return inFront < together;
  const equal = recalls.filter((other) => other === own).length - 1;
  return inFront <= 1 && inFront + equal >= 1;
}
