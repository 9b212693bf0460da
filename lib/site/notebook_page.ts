/** A notebook as a page. @module */
import { basename, dirname } from "@std/path";
import { escapeHtml } from "../notebook/output.ts";
import { codeCell, sourceUrl } from "./code.ts";
import type { SiteFiles } from "../web/write.ts";
import type { TermFinder } from "./glossary.ts";
import { type ProjectFiles, sitePath } from "./links.ts";
import { contextOf, renderMarkdown } from "./markdown.ts";
import { type NotebookCell, readNotebook } from "./notebook.ts";
import { outputHtml } from "./outputs.ts";
import type { Page } from "./page.ts";

/** A notebook's two files. */
export interface NotebookText {
  /** Its name without folder and extension, for example "03_lstm". */
  name: string;
  /** The file as it is in notebooks/, without outputs. */
  source: string;
  /** The file as it is in outputs/, if it has been executed. */
  executed?: string;
}

/** What the page is made with. */
export interface PageTools {
  /** What there is to link to. */
  files: ProjectFiles;
  /** What the library exports: name to file. */
  exports: ReadonlyMap<string, string>;
  /** Finds the glossary's terms, each once. */
  terms?: TermFinder;
}

/** Makes the page, and the files that it needs beside itself. */
export function notebookPage(
  notebook: NotebookText,
  tools: PageTools,
): { page: Page; files: SiteFiles } {
  const { name, source, executed } = notebook, document = `notebooks/${name}.ipynb`;
  const path = sitePath(document, tools.files)!;
  const files: SiteFiles = new Map([[document, source]]);
  const context = {
    ...contextOf({ document, page: path, files: tools.files }),
    terms: tools.terms,
  };
  const used = new Map<string, string>();
  let outputs = 0;
  const parts = readNotebook(executed ?? source, `notebook ${name}`).map((cell) => {
    if (cell.kind === "markdown") return renderMarkdown(cell.source, context);
    const out = cell.outputs.map((output) =>
      outputHtml(output, {
        files,
        nextId: () => `figures/${name}/${++outputs}`,
        markdown: (text) => renderMarkdown(text, { ...context, headings: [] }),
      })
    ).join("\n");
    const code = codeCell(cell.source, { exports: tools.exports, page: path, used });
    return `<div class="cell">${code}${out && `<div class="outputs">${out}</div>`}</div>`;
  });
  const page: Page = {
    path,
    title: context.headings[0]?.text ?? name,
    body: withTools(parts.join("\n"), notebook) + librarySection(used, path),
    headings: [...context.headings, ...used.size ? [LIBRARY] : []],
  };
  return { page, files };
}

/** The line under the title: what the page was made from, and the files themselves. */
function withTools(body: string, { name, source, executed }: NotebookText): string {
  const size = Math.round(source.length / 1000), missing = missingFrom(source, executed);
  const line =
    `<p class="tools"><a href="notebooks/${name}.ipynb" download>Download the notebook</a> ` +
    `(without outputs, ${size} kB) <a href="project.html">Run it yourself</a></p>` +
    (missing && `<p class="notice">${missing}</p>`);
  return body.replace("</h1>", () => `</h1>\n${line}`);
}

/** Says what is missing from the page. */
function missingFrom(source: string, executed: string | undefined): string {
  if (executed === undefined) {
    return "This notebook has not been executed yet: the page shows its text and code, without outputs.";
  }
  const texts = (cells: NotebookCell[]) => cells.map((cell) => cell.source).join("\n\n");
  return texts(readNotebook(source)) === texts(readNotebook(executed))
    ? ""
    : "The notebook has changed since it was executed: the page shows it as it was then.";
}

const LIBRARY = { level: 2, id: "library", text: "The library behind this page" };

/** Which names of the library the code uses, by file. */
function librarySection(used: ReadonlyMap<string, string>, page: string): string {
  if (!used.size) return "";
  const byFile = Map.groupBy(used, ([, file]) => file);
  const rows = [...byFile].sort(([a], [b]) => a.localeCompare(b)).map(([file, names]) => {
    const links = names.map(([name]) =>
      `<a href="${sourceUrl(page, file, name)}"><code>${escapeHtml(name)}</code></a>`
    );
    const path = `${escapeHtml(dirname(file))}/<b>${escapeHtml(basename(file))}</b>`;
    return `<li><span class="file">${path}</span> ${links.join(" ")}</li>`;
  });
  return `\n<h2 id="${LIBRARY.id}">${LIBRARY.text}</h2>\n` +
    `<p>Each name of the library in the code above leads to its source, as these do:</p>\n` +
    `<ul class="library">${rows.join("\n")}</ul>`;
}
