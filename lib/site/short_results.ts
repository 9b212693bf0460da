/** The README's table of results on half a page: a line for each model. @module */

/** What the long table's verdict begins with or contains, and its sign. */
const SIGNS = [["not reproduced", " ✗"], ["reproduced", " ✓"]] as const;

/** Columns of the short table for each corpus, and their names in the long one. */
const COLUMNS = [["paper", "the paper"], ["here", "here"], ["new speakers", "new speakers"]];

type Row = Partial<Record<string, string>>;

/**
 * Sets the corpora side by side and leaves out what explains a number.
 * @param table The README's Markdown table, a line for each corpus and model.
 * @returns A Markdown table, a line for each model, in per cent; a ✓ after our number where it
 * reproduces the paper's, a ✗ where it does not.
 * @example Usage
 * ```ts
 * import { shortResults } from "ser/site/short_results.ts";
 * import { strictEqual } from "node:assert/strict";
 * const long = `
 * | corpus | model | the paper | here             | verdict        | new speakers |
 * | ------ | ----- | --------- | ---------------- | -------------- | ------------ |
 * | SAVEE  | CNN   | 55.2 %    | **50.2 ± 5.6 %** | reproduced (3) | 38.3 %       |`;
 * strictEqual(
 *   shortResults(long),
 *   "| model | SAVEE, paper | SAVEE, here | SAVEE, new speakers |\n" +
 *     "| --- | ---: | ---: | ---: |\n" +
 *     "| CNN | 55.2 | 50.2 ± 5.6 ✓ | 38.3 |\n",
 * );
 * ```
 */
export function shortResults(table: string): string {
  const rows = rowsOf(table);
  const corpora = [...new Set(rows.map(({ corpus }) => corpus!))];
  const lines = [...Map.groupBy(rows, ({ model }) => model!)].map(([model, ofModel]) => [
    model,
    ...corpora.flatMap((corpus) => cells(ofModel.find((row) => row.corpus === corpus) ?? {})),
  ]);
  const head = ["model", ...corpora.flatMap((c) => COLUMNS.map(([name]) => `${c}, ${name}`))];
  const alignment = head.map((_, i) => i === 0 ? "---" : "---:");
  return [head, alignment, ...lines].map((line) => `| ${line.join(" | ")} |\n`).join("");
}

function rowsOf(table: string): Row[] {
  const [head, _, ...lines] = table.trim().split("\n").map((line) =>
    line.split("|").slice(1, -1).map((cell) => cell.trim())
  );
  return lines.map((line) => Object.fromEntries(line.map((cell, i) => [head[i], cell])));
}

function cells(row: Row): string[] {
  const sign = SIGNS.find(([word]) => row.verdict?.includes(word))?.[1] ?? "";
  return COLUMNS.map(([_, name]) => (row[name] ?? "–").replace(/ %|\*\*/g, ""))
    .map((cell, i) => COLUMNS[i][1] === "here" ? cell + sign : cell);
}
