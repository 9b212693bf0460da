/** The README's table of results, from the reference results. @module */
import { majorityBaseline } from "../evaluation/metrics.ts";
import { chooseGroups, type FinishedRun, type RunGroup } from "../evaluation/run_groups.ts";
import { table2Row } from "../evaluation/table2_row.ts";
import { speakerFalls } from "../views/speakers.ts";
import { percent } from "../support/percent.ts";

/** Of the bootstrap that draws speakers; notebook 10 has the same. */
const SEED = 0;

/** Table 2 and the ablations as a Markdown table, a line for each model and corpus. */
export function resultsSection(groups: readonly RunGroup[]): string {
  const falls = speakerFalls(groups, { seed: SEED });
  const lines = chooseGroups(groups, { split: "random" }).map((group) => {
    const { here, "its 95 % interval": _, ...row } = table2Row(group);
    const fall = falls.find(({ known }) => known === group);
    return {
      ...{ corpus: row.corpus, model: row.model, "the paper": row["the paper"] },
      ...{ "stands for": row["stands for"], here: group.runs.length > 0 ? `**${here}**` : here },
      ...{ "95 % interval of the mean": row["95 % interval of the mean"], seeds: row.seeds },
      "verdict": row.verdict,
      "new speakers": fall?.fall ? newSpeakers(fall) : fall ? fall.fresh.missing : "–",
      "most frequent emotion": baseline(group.runs),
    };
  });
  const head = Object.keys(lines[0]);
  return [head, head.map(() => "---"), ...lines.map(Object.values)]
    .map((cells) => `| ${cells.join(" | ")} |`).join("\n") + "\n";
}

function newSpeakers({ fresh, fall }: ReturnType<typeof speakerFalls>[number]): string {
  const share = percent(fall!.fresh.estimate);
  return fresh.missing ? `${share} (${fresh.missing})` : share;
}

/** Accuracy of always answering with the training part's most frequent emotion, mean over the seeds. */
function baseline(runs: readonly FinishedRun[]): string {
  if (runs.length === 0) return "–";
  const shares = runs.map(({ data, predictions }) =>
    majorityBaseline(data.trainCounts, predictions.map(({ label }) => label)).accuracy
  );
  return percent(shares.reduce((sum, share) => sum + share, 0) / shares.length);
}
