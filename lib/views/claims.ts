/** The paper's claims on its ablations beside runs of ours. @module */
import { corpusInfo } from "../corpora/info.ts";
import { judgeClaim } from "../evaluation/judge_ablations.ts";
import { paperResultOf } from "../evaluation/results_table.ts";
import { corporaOf, type RunGroup } from "../evaluation/run_groups.ts";
import { ABLATION_CLAIMS, type AblationClaim } from "../paper/ablation_claims.ts";
import { PAPER_TITLES } from "../paper/results.ts";
import { markdown, type Output, table } from "../notebook/output.ts";

/**
 * Each claim of section 4.2 with what the same seeds give here.
 * @param groups Runs on random splits, ablations among them.
 * @returns A table of the claims on the corpora of the groups, or that there is none.
 */
export function claimsView(groups: readonly RunGroup[]): Output {
  const corpora: readonly string[] = corporaOf(groups);
  const claims = ABLATION_CLAIMS.filter(({ corpus }) => corpora.includes(corpus));
  if (claims.length === 0) return markdown("The paper has no ablation on these corpora.");
  return table(claims.map((claim) => {
    const { corpus, quantity, expected, printed } = claim;
    return {
      "corpus": corpusInfo(corpus).title,
      "change": `${PAPER_TITLES[claim.model]}, ${claim.change}`,
      "the paper": claim.than === "zero" ? quantity : `${quantity}: ${expected}`,
      ...ourCells(claim, groups),
      "the paper's numbers": printed,
    };
  }));
}

function ourCells(claim: AblationClaim, groups: readonly RunGroup[]) {
  const [usual, changed] = [undefined, claim.change].map((change) =>
    groups.find(({ experiment }) => {
      const paper = paperResultOf(experiment);
      return paper !== undefined && paper.model === claim.model &&
        paper.corpus === claim.corpus && paper.change === change;
    })
  );
  const judged = usual && changed && judgeClaim(claim, usual, changed);
  if (!judged) {
    return {
      "holds": "–",
      "here": whyNot(usual, changed),
      "difference (95 % interval)": "–",
      "seeds": 0,
    };
  }
  const { seeds, changed: ours, usual: other, test, holds } = judged;
  const digits = claim.quantity === "accuracy" || claim.quantity === "overfitting" ? 1 : 2;
  const text = (value: number) => value.toFixed(digits);
  const difference = test
    ? `${text(test.difference)} (${test.interval.map(text).join(" to ")})`
    : text(ours - (other ?? 0));
  return {
    "holds": holds,
    "here": other === undefined ? text(ours) : `${text(ours)} for ${text(other)}`,
    "difference (95 % interval)": difference,
    "seeds": seeds,
  };
}

function whyNot(usual: RunGroup | undefined, changed: RunGroup | undefined): string {
  if (!usual || !changed) return "not in this grid";
  if (changed.runs.length === 0) return changed.missing;
  return usual.runs.length === 0 ? `usual model ${usual.missing}` : "no seed in common";
}
