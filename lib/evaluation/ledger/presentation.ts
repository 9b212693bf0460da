/** The ledger's groups D and E, counted again. @module */
import { corpusInfo } from "../../corpora/info.ts";
import { publishedFrames } from "../../corpora/published_frames.ts";
import { COMPARED_WORKS, sameInTable2 } from "../../paper/compared.ts";
import { PAPER_FIGURES } from "../../paper/figures.ts";
import { TABLE_2 } from "../../paper/results.ts";
import type { Recomputations } from "./recompute.ts";
import { percent } from "../../support/percent.ts";

/** By number of the entry. */
export const PRESENTATION_COUNTED: Recomputations = {
  24: () => {
    const equal = COMPARED_WORKS.filter((work) => sameInTable2(work).length > 0);
    const theirs = equal.map(({ printed }) => printed[0]);
    const own = TABLE_2.filter(({ corpus }) => corpus === "savee").map(({ printed }) => printed);
    return {
      says: `${theirs.join(", ")} beside ${own.slice(0, theirs.length).join(", ")} of Table 2`,
      confirmed: theirs.join() === own.slice(0, theirs.length).join(),
    };
  },
  25: () => {
    const other = PAPER_FIGURES.filter(({ number, caption }) => number !== caption);
    const captions = new Set(PAPER_FIGURES.map(({ caption }) => caption));
    return {
      says: `${other.length} of ${PAPER_FIGURES.length} figures have another number in the text; ` +
        `the captions have ${captions.size} different ones`,
      confirmed: other.length > 0,
    };
  },
  28: () => {
    const curves = PAPER_FIGURES.filter(({ kind }) => kind === "curves");
    const usual = curves.filter(({ number }) => number <= 17 || number === 21 || number === 22);
    return {
      says: `${curves.length} figures: ${usual.length} of the six models, ${
        curves.length - usual.length
      } of changed ones`,
      confirmed: usual.length < curves.length,
    };
  },
  30: () => {
    const { utterances, countsPerEmotion } = corpusInfo("ravdess");
    const spoken = 24 * 2 * 2, counted = spoken * (7 * 2 + 1);
    return {
      says: `24 actors x 2 sentences x 2 repetitions x (7 x 2 + 1) = ${counted}; ` +
        `two intensities of all eight would be ${spoken * 8 * 2}`,
      confirmed: counted === utterances && countsPerEmotion.neutral === spoken,
    };
  },
  31: () => {
    const [right, read] = [30, 15 + 30].map((neutral) => 4 * (6 * 15 + neutral));
    return {
      says: `4 x (6 x 15 + 30) = ${right}; with 30 more, 4 x (6 x 15 + 45) = ${read}`,
      confirmed: right === corpusInfo("savee").utterances && read !== right,
    };
  },
  32: () => {
    const [savee, ravdess] = (["savee", "ravdess"] as const).map((name) => {
      const { emotions } = corpusInfo(name);
      return emotions.join() === emotions.toSorted().join();
    });
    return {
      says: `in the order of the alphabet: SAVEE ${savee ? "yes" : "no"}, RAVDESS ${
        ravdess ? "yes" : "no"
      }`,
      confirmed: savee && !ravdess,
    };
  },
  37: async () => {
    const longest = await Promise.all((["ravdess", "savee"] as const).map(async (name) => {
      const frames = [...(await publishedFrames(name)).values()], most = Math.max(...frames);
      const count = frames.filter((each) => each === most).length;
      return { most, says: `${most} frames: ${count} of ${frames.length} utterances` };
    }));
    return {
      says: longest.map(({ says }) => says).join("; "),
      confirmed: longest[0].most === 228 && longest[1].most === 308,
    };
  },
  38: () => {
    const [ravdess, savee] = (["ravdess", "savee"] as const).map((name) => {
      const { countsPerEmotion, utterances } = corpusInfo(name);
      return { count: countsPerEmotion.neutral, utterances };
    });
    const said = ({ count, utterances }: typeof savee) =>
      `${count} of ${utterances} (${percent(count / utterances)})`;
    return {
      says: `neutral: RAVDESS ${said(ravdess)}, SAVEE ${said(savee)}`,
      confirmed: ravdess.count * 15 === ravdess.utterances && savee.count * 4 === savee.utterances,
    };
  },
};
