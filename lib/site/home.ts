/** The first page: a text of its own, the README's results, and whatever notebooks it does not name. @module */
import type { NavEntry, Page } from "./page.ts";

const RESULTS = "<!-- results -->", FURTHER = "<!-- further notebooks -->";

/**
 * Puts into the first page's text what is kept elsewhere.
 * @param text Markdown with the lines `<!-- results -->` and `<!-- further notebooks -->`.
 * @param readme The README, whose table of results goes, shortened, into the first.
 * @param notebooks All notebooks' pages; those that the text does not link to are listed in the second.
 * @throws {SyntaxError} If one of the lines, or the README's section, is not there.
 */
export function homeText(text: string, readme: string, notebooks: readonly NavEntry[]): string {
  const table = /<!-- results: [^>]*-->\n([\s\S]*?)<!-- end of results -->/.exec(readme)?.[1];
  if (!table || !text.includes(RESULTS) || !text.includes(FURTHER)) {
    throw new SyntaxError(
      `Cannot make the first page: expected the README's section "results" and the lines "${RESULTS}" ` +
        `and "${FURTHER}" in home.md`,
    );
  }
  const further = notebooks.map(({ path, title }) => ({ name: path.slice(0, -5), title }))
    .filter(({ name }) => name !== "start" && !text.includes(`/${name}.ipynb`))
    .map(({ name, title }) => `- [${title}](../../notebooks/${name}.ipynb)\n`);
  return text.replace(RESULTS, () => shortResults(table))
    .replace(FURTHER, () => further.length ? `## Further notebooks\n\n${further.join("")}` : "");
}

/** Columns of the short table for each corpus, and their names in the long one. */
const COLUMNS = [["paper", "the paper"], ["here", "here"], ["new speakers", "new speakers"]];

/**
 * The README's table, a line for each corpus and model, on half a page: a line for each model, in per
 * cent; a ✓ after our number where it reproduces the paper's, a ✗ where it does not.
 */
export function shortResults(table: string): string {
  const [names, _, ...cells] = table.trim().split("\n").map((line) =>
    line.split("|").slice(1, -1).map((cell) => cell.trim())
  );
  const rows = cells.map((line): Row =>
    Object.fromEntries(line.map((cell, i) => [names[i], cell]))
  );
  const corpora = [...new Set(rows.map(({ corpus }) => corpus!))];
  const lines = [...Map.groupBy(rows, ({ model }) => model!)].map(([model, ofModel]) => [
    model,
    ...corpora.flatMap((corpus) => shortCells(ofModel.find((row) => row.corpus === corpus) ?? {})),
  ]);
  const head = ["model", ...corpora.flatMap((c) => COLUMNS.map(([name]) => `${c}, ${name}`))];
  const alignment = head.map((_, i) => i === 0 ? "---" : "---:");
  return [head, alignment, ...lines].map((line) => `| ${line.join(" | ")} |\n`).join("");
}

type Row = Partial<Record<string, string>>;

function shortCells(row: Row): string[] {
  const found = /(not )?reproduced/.exec(row.verdict ?? "");
  const sign = found ? (found[1] ? " ✗" : " ✓") : "";
  return COLUMNS.map(([_, name]) =>
    (row[name] ?? "–").replace(/ %|\*\*/g, "") + (name === "here" ? sign : "")
  );
}

/**
 * Puts the live figure in the place of its picture, if the notebook has been executed.
 * @param home The first page, with the picture `attention.png`.
 * @param notebook The page of the notebook that the picture was taken from.
 */
export function withLiveFigure(home: Page, notebook: Page | undefined): Page {
  const figures = notebook?.body.match(/<figure [\s\S]*?<\/figure>/g) ?? [];
  const live = figures.find((figure) => figure.includes("Attention weight"));
  if (!live) return home;
  const body = home.body.replace(/<p><img [^>]*attention\.png[^>]*><\/p>/, () => live);
  return { ...home, body };
}
