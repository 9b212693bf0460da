/** `deno task readme`: the results, the speed and the picture of the README, from what was run. @module */
import { join } from "@std/path";
import { benchSection } from "../bench/readme_section.ts";
import { storedResults } from "../bench/results.ts";
import { corpusInfo } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { compareWithPaper, type ResultRow } from "../evaluation/results_table.ts";
import { runCommand } from "../setup/command.ts";
import { exists, PROJECT_ROOT, writeFileAtomic } from "../support/files.ts";
import { isFullLength } from "../training/experiment.ts";
import { storedRuns } from "../training/stored_run.ts";
import { helpText, parseTaskArgs, type TaskHelp } from "./help.ts";

const HELP: TaskHelp = {
  name: "readme",
  usage: "",
  about:
    "Adds the full-length runs of outputs/runs/ to outputs/results.json, writes the README's results table\n" +
    "from that and its section on speed from outputs/bench/, and takes the README's picture from\n" +
    "outputs/06_cnn_attention.ipynb.",
};

const RESULTS = join(PROJECT_ROOT, "outputs", "results.json");
const README = join(PROJECT_ROOT, "README.md");
const NOTEBOOK = join(PROJECT_ROOT, "outputs", "06_cnn_attention.ipynb");
const PICTURE = join(PROJECT_ROOT, "outputs", "figures", "attention.png");

/** A row of results.json: a finished run beside the paper, and which run it was. */
export type StoredRow = ResultRow & { run: string; backend: string; seconds: number };

/**
 * Runs the task.
 * @param args Arguments after its name.
 * @returns 0.
 */
export async function main(args: string[]): Promise<number> {
  if (parseTaskArgs(args, {}).help) {
    console.log(helpText(HELP));
    return 0;
  }
  const rows = mergeRows(await committedRows(), await rowsHere());
  await writeFileAtomic(RESULTS, JSON.stringify(rows, null, 1) + "\n");
  const bench = await storedResults();
  const readme = replaceSection(
    await Deno.readTextFile(README),
    "results",
    resultsSection(rows),
  );
  await writeFileAtomic(README, replaceSection(readme, "bench", benchSection(bench)));
  await runCommand([Deno.execPath(), "fmt", "--quiet", README], { cwd: PROJECT_ROOT }); // aligns the table
  const measured = bench.reduce((sum, { rows }) => sum + rows.length, 0);
  console.log(
    `README.md and outputs/results.json: ${rows.length} runs; outputs/bench/: ${measured} measurements`,
  );
  const picture = await attentionPicture();
  if (picture) await writeFileAtomic(PICTURE, picture);
  console.log(picture ? "outputs/figures/attention.png" : "no executed notebook 06: picture kept");
  return 0;
}

async function committedRows(): Promise<StoredRow[]> {
  return await exists(RESULTS) ? JSON.parse(await Deno.readTextFile(RESULTS)) : [];
}

/** Runs of the paper's length that are stored here. */
async function rowsHere(): Promise<StoredRow[]> {
  const runs = await storedRuns(undefined, console.warn);
  return runs.filter((run) => isFullLength(run.experiment)).map((run) => ({
    ...compareWithPaper(run),
    run: run.name,
    backend: run.backend,
    seconds: Math.round(run.seconds),
  }));
}

const ORDER: readonly string[] = ["ravdess", "savee", "emodb"];

/** Rows of both, newer ones in the place of older ones of the same run, in the paper's order. */
export function mergeRows(older: readonly StoredRow[], newer: readonly StoredRow[]): StoredRow[] {
  const byRun = new Map([...older, ...newer].map((row) => [row.run, row]));
  return [...byRun.values()].sort((a, b) =>
    ORDER.indexOf(a.corpus) - ORDER.indexOf(b.corpus) || a.model.localeCompare(b.model) ||
    a.change.localeCompare(b.change) || a.seed - b.seed
  );
}

/**
 * The results as a Markdown table, a line for each model and corpus.
 * @param rows As `mergeRows` sorts them.
 */
export function resultsSection(rows: readonly StoredRow[]): string {
  const groups = Map.groupBy(rows, ({ corpus, model, change }) => `${corpus} ${model} ${change}`);
  const lines = [...groups.values()].map((group) => {
    const { corpus, model, change, paper, baseline } = group[0];
    const shares = group.map(({ correct, total }) => 100 * correct / total);
    const each = group.map(({ seed, correct, total }, i) =>
      `${seed}: ${shares[i].toFixed(1)} % (${correct} of ${total})`
    );
    return [
      corpusInfo(corpus as CorpusName).title,
      change ? `${model}, ${change}` : model,
      paper ? `${paper.printed} % (${paper.correct} of ${paper.total})` : "–",
      shares.length > 1
        ? `**${mean(shares).toFixed(1)} ± ${deviation(shares).toFixed(1)} %**`
        : `**${shares[0].toFixed(1)} %**`,
      each.join(", "),
      `${(100 * baseline).toFixed(1)} %`,
    ];
  });
  const head = ["corpus", "model", "the paper", "here", "seed by seed", "most frequent emotion"];
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n") + "\n";
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard deviation of a sample. */
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * Puts a text between two markers of the README.
 * @param readme The README.
 * @param name Which markers.
 * @param text What goes there.
 * @throws {SyntaxError} If the markers are not there.
 */
export function replaceSection(readme: string, name: string, text: string): string {
  const before = `<!-- ${name}: written by \`deno task readme\` -->\n`,
    after = `<!-- end of ${name} -->`;
  const start = readme.indexOf(before), end = readme.indexOf(after);
  if (start < 0 || end < start) {
    throw new SyntaxError(
      `Cannot write the ${name}: expected the lines "${before.trim()}" and "${after}" in README.md`,
    );
  }
  return `${readme.slice(0, start)}${before}\n${text}\n${readme.slice(end)}`;
}

/** What is read of an executed notebook. */
interface Notebook {
  cells: { outputs?: { data?: Record<string, string | string[]> }[] }[];
}

/** The first attention figure of the executed notebook. */
async function attentionPicture(): Promise<Uint8Array | undefined> {
  if (!await exists(NOTEBOOK)) return undefined;
  const { cells }: Notebook = JSON.parse(await Deno.readTextFile(NOTEBOOK));
  const bundles = cells.flatMap(({ outputs = [] }) => outputs.map(({ data = {} }) => data));
  const text = (part: string | string[] = "") => [part].flat().join("");
  const found = bundles.find((data) =>
    data["image/png"] && text(data["text/plain"]).includes("Attention weight")
  );
  return found && Uint8Array.fromBase64(text(found["image/png"]).replaceAll("\n", ""));
}
