/** A notebook as a page. @module */
import { basename } from "@std/path";
import { escapeHtml } from "../notebook/output.ts";
import { codeCell, sourceUrl } from "./code.ts";
import type { SiteFiles } from "../web/write.ts";
import type { TermFinder } from "./glossary.ts";
import { pageLink, type ProjectFiles, sitePath } from "./links.ts";
import { type MarkdownContext, renderMarkdown } from "./markdown.ts";
import { type NotebookCell, readNotebook } from "./notebook.ts";
import { outputHtml } from "./outputs.ts";
import type { Page } from "./page.ts";
import { slugger } from "./slug.ts";

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

/**
 * Makes the page.
 * @param notebook Its files.
 * @param tools What it may link to.
 * @returns The page, and the files that it needs beside itself.
 */
export function notebookPage(
  notebook: NotebookText,
  tools: PageTools,
): { page: Page; files: SiteFiles } {
  const { name, source, executed } = notebook;
  const path = sitePath(`notebooks/${name}.ipynb`, tools.files)!;
  const files: SiteFiles = new Map([[`notebooks/${name}.ipynb`, source]]);
  const cells = readNotebook(executed ?? source, `notebook ${name}`);
  const context: MarkdownContext = {
    link: (href) =>
      pageLink(href, { document: `notebooks/${name}.ipynb`, page: path, files: tools.files }),
    slug: slugger(),
    headings: [],
    terms: tools.terms,
  };
  const used = new Map<string, string>();
  let outputs = 0;
  const parts = cells.map((cell) => {
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
  const size = Math.round(source.length / 1000);
  const line =
    `<p class="tools"><a href="notebooks/${name}.ipynb" download>Download the notebook</a> ` +
    `(without outputs, ${size} kB) <a href="project.html">Run it yourself</a></p>`;
  const end = body.indexOf("</h1>") + "</h1>".length;
  return `${body.slice(0, end)}\n${line}${notice(source, executed)}${body.slice(end)}`;
}

/** Says what is missing from the page. */
function notice(source: string, executed: string | undefined): string {
  if (executed === undefined) {
    return `<p class="notice">This notebook has not been executed yet: the page shows its text and code, without outputs.</p>`;
  }
  const texts = (cells: NotebookCell[]) => cells.map((cell) => cell.source).join("\n\n");
  if (texts(readNotebook(source)) === texts(readNotebook(executed))) return "";
  return `<p class="notice">The notebook has changed since it was executed: the page shows it as it was then.</p>`;
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
    return `<li><span class="file">${escapeHtml(file.replace(basename(file), ""))}<b>${
      escapeHtml(basename(file))
    }</b></span> ${links.join(" ")}</li>`;
  });
  return `\n<h2 id="${LIBRARY.id}">${LIBRARY.text}</h2>\n` +
    `<p>Each name of the library in the code above leads to its source, as these do:</p>\n` +
    `<ul class="library">${rows.join("\n")}</ul>`;
}
