/** `deno task readme`: the results, the speed and the picture of the README, from what was run. @module */
import { join } from "@std/path";
import { groupRuns } from "../evaluation/run_groups.ts";
import { lastLines, runCommand } from "../setup/command.ts";
import { exists, PROJECT_ROOT, writeFileAtomic } from "../support/files.ts";
import { SetupError } from "../support/setup_error.ts";
import { gridExperiments } from "../sweep/grid.ts";
import { GRIDS } from "../sweep/grids.ts";
import { problemInWords, referenceResults } from "../sweep/results_folder.ts";
import { task, type TaskHelp } from "./help.ts";
import { resultsSection } from "./readme_results.ts";

const HELP: TaskHelp = {
  name: "readme",
  about:
    "Writes the README's results table from outputs/reference/ and its section on speed from outputs/bench/,\n" +
    "and takes the README's picture from outputs/06_cnn_attention.ipynb.",
};

const README = join(PROJECT_ROOT, "README.md");
const NOTEBOOK = join(PROJECT_ROOT, "outputs", "06_cnn_attention.ipynb");
const PICTURE = join(PROJECT_ROOT, "outputs", "figures", "attention.png");

/** @returns 0. */
export const main = task(HELP, async () => {
  const { results, problems } = await referenceResults();
  for (const problem of problems) console.warn(problemInWords(problem));
  const groups = groupRuns(gridExperiments(GRIDS.reference), results);
  const readme = await Deno.readTextFile(README);
  const text = replaceSection(readme, "results", resultsSection(groups));
  await writeFileAtomic(README, replaceSection(text, "bench", await speed()));
  await runCommand([Deno.execPath(), "fmt", "--quiet", README], { cwd: PROJECT_ROOT }); // aligns the table
  console.log(`README.md: ${results.length} results, and the measurements of outputs/bench/`);
  const picture = await attentionPicture();
  if (picture) await writeFileAtomic(PICTURE, picture);
  console.log(picture ? "outputs/figures/attention.png" : "no executed notebook 06: picture kept");
  return 0;
});

/** The section on speed, which the benchmark writes; it lies outside lib/. */
async function speed(): Promise<string> {
  const program = join(PROJECT_ROOT, "tests", "bench", "report.ts");
  const { code, stdout, stderr } = await runCommand([Deno.execPath(), "run", "-A", program]);
  if (code === 0) return stdout;
  throw new SetupError(`cannot write the section on speed:${lastLines(stderr)}`);
}

/** Puts a text between two markers of the README. */
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
