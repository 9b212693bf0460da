/** The first page: a text of its own, the README's results, and whatever notebooks it does not name. @module */
import type { NavEntry, Page } from "./page.ts";
import { shortResults } from "./short_results.ts";

const RESULTS = "<!-- results -->", FURTHER = "<!-- further notebooks -->";

/**
 * Puts into the first page's text what is kept elsewhere.
 * @param text Markdown with the lines `<!-- results -->` and `<!-- further notebooks -->`.
 * @param readme The README, whose table of results goes, shortened, into the first.
 * @param notebooks All notebooks' pages; those that the text does not link to are listed in the second.
 * @returns Markdown.
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
  return text.replace(RESULTS, () => shortResults(table)).replace(
    FURTHER,
    () => furtherList(text, notebooks),
  );
}

function furtherList(text: string, notebooks: readonly NavEntry[]): string {
  const missing = notebooks.map(({ path, title }) => ({ name: path.replace(/\.html$/, ""), title }))
    .filter(({ name }) => name !== "start" && !text.includes(`/${name}.ipynb`));
  if (!missing.length) return "";
  const lines = missing.map(({ name, title }) => `- [${title}](../../notebooks/${name}.ipynb)`);
  return `## Further notebooks\n\n${lines.join("\n")}\n`;
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
