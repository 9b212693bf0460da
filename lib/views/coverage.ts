/** Which results of a grid are there, and how to make the others. @module */
import { corpusInfo } from "../corpora/info.ts";
import { chooseGroups, corporaOf, type RunGroup } from "../evaluation/run_groups.ts";
import { type Output, table } from "../notebook/output.ts";

/**
 * For each model how many of its runs are there.
 * @param groups The groups of a grid, at least one.
 */
export function coverageTable(groups: readonly RunGroup[]): Output {
  const count = (group: RunGroup | undefined) =>
    group ? `${group.runs.length} of ${group.wanted.length}` : "–";
  const rows = corporaOf(groups).flatMap((corpus) => {
    const fresh = chooseGroups(groups, { corpus, split: "speaker-independent" });
    return chooseGroups(groups, { corpus, split: "random" }).map((group) => ({
      "corpus": corpusInfo(corpus).title,
      "model": group.title,
      "epochs": group.experiment.epochs,
      "random splits, seeds": count(group),
      "new speakers, folds": count(fresh.find(({ title }) => title === group.title)),
    }));
  });
  return table(rows);
}

/** How many results there are, what made them, and how to make the missing ones; Markdown. */
export function coverageInWords(groups: readonly RunGroup[]): string {
  const runs = groups.flatMap(({ runs }) => runs);
  const wanted = groups.reduce((sum, group) => sum + group.wanted.length, 0);
  const missing = runs.length < wanted
    ? "Missing ones are made with `deno task sweep`; `deno task sweep --plan` tells how long it " +
      "takes. It can be stopped and goes on where it was."
    : "Nothing is missing.";
  if (runs.length === 0) return `None of the ${wanted} results is there. ${missing}`;
  const backends = [...new Set(runs.map(({ backend }) => backend))].sort().join("; ");
  const days = runs.map(({ finished }) => finished.slice(0, 10)).sort();
  const when = [...new Set([days[0], days.at(-1)])].join(" to ");
  return `${runs.length} of ${wanted} results are there (${when}; ${backends}). ${missing}`;
}
