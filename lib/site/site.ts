/** The whole site, from the project's files to a folder that any web server or browser can show. @module */
import { basename, join } from "@std/path";
import { assets } from "./assets.ts";
import { exportsOf } from "./exports.ts";
import type { SiteFiles } from "./figures.ts";
import { readTerms, TermFinder } from "./glossary.ts";
import { isSource, type ProjectFiles } from "./links.ts";
import { notebookPage } from "./notebook_page.ts";
import { type NavEntry, type Page, pageHtml, type SiteFrame } from "./page.ts";
import { projectFiles } from "./project.ts";
import { searchIndex, sectionsOf } from "./search_index.ts";
import { folderPages, sourcePage } from "./source_pages.ts";
import { textPage, withTermIds } from "./text_page.ts";

const NAME = "Speech emotion recognition with attention";
const ABOUT =
  "An executable paper in TypeScript: six neural networks that name the emotion in a voice, " +
  "explained, trained and measured, notebook by notebook.";

/** What may be added to the site. */
export interface SiteOptions {
  /** Pages that others have written into the site's folder, for the navigation. */
  further?: readonly NavEntry[];
}

/**
 * Makes all files of the site.
 * @param root The project.
 * @param options Further pages.
 * @returns Files by their path from the site's root.
 * @throws {Deno.errors.NotFound} If a page links to what is not in the project.
 */
export async function siteFiles(root: string, options: SiteOptions = {}): Promise<SiteFiles> {
  const files = await projectFiles(root);
  const read = (path: string) => Deno.readTextFile(join(root, path));
  const { pages, beside } = await readingPages(files, read);
  const sources = await Promise.all(
    [...files].filter(isSource).map(async (file) => sourcePage(file, await read(file), files)),
  );
  const nav = [...pages, LIBRARY, ...options.further ?? []]
    .map(({ path, title }) => ({ path, title: path === "index.html" ? "Overview" : title }));
  const frame: SiteFrame = { name: NAME, about: ABOUT, nav };
  const made: SiteFiles = new Map([...await assets(), ...beside]);
  for (const page of [...pages, ...folderPages(files), ...sources]) {
    made.set(page.path, pageHtml(page, frame));
  }
  made.set("assets/search-index.js", `siteSearchIndex=${searchIndex(pages.flatMap(sectionsOf))}`);
  for (const path of plainFiles(made)) {
    made.set(path, await Deno.readFile(join(root, path.slice("files/".length))));
  }
  made.set(".nojekyll", "");
  return made;
}

const LIBRARY: NavEntry = { path: "source/lib/index.html", title: "The library's source" };

/** The pages to read, in order, and the files that they need beside themselves. */
async function readingPages(
  files: ProjectFiles,
  read: (path: string) => Promise<string>,
): Promise<{ pages: Page[]; beside: SiteFiles }> {
  const text = async (document: string, path: string, change = (text: string) => text) =>
    textPage({ document, path, text: change(await read(document)) }, files);
  const readme = await read("README.md"), glossary = await read("notebooks/glossary.md");
  const terms = readTerms(glossary), exports = await exportsOf("lib/mod.ts", read);
  const pages = [
    await text("notebooks/index.md", "index.html", (index) => withResults(index, readme)),
  ];
  const beside: SiteFiles = new Map();
  for (const file of [...files].filter((file) => /^notebooks\/[^/]+\.ipynb$/.test(file))) {
    const name = basename(file, ".ipynb"), executed = `outputs/${name}.ipynb`;
    const made = notebookPage({
      name,
      source: await read(file),
      executed: files.has(executed) ? await read(executed) : undefined,
    }, { files, exports, terms: new TermFinder(terms) });
    pages.push(made.page);
    made.files.forEach((content, path) => beside.set(path, content));
  }
  pages.push(withTermIds(await text("notebooks/glossary.md", "glossary.html")));
  pages.push({ ...await text("README.md", "project.html"), title: "Run it yourself" });
  return { pages, beside };
}

/** The README's table of results in the place that the first page keeps for it. */
export function withResults(index: string, readme: string): string {
  const table = /<!-- results: [^>]*-->\n([\s\S]*?)<!-- end of results -->/.exec(readme)?.[1];
  if (!table || !index.includes("<!-- results -->")) {
    throw new SyntaxError(
      'Cannot put the results on the first page: expected the README\'s section "results" and a line ' +
        '"<!-- results -->" in notebooks/index.md',
    );
  }
  return index.replace("<!-- results -->", () => table);
}

/** Files of the project that pages link to as they are. */
function plainFiles(made: SiteFiles): Set<string> {
  const pages = [...made].filter(([path]) => path.endsWith(".html"));
  return new Set(
    pages.flatMap(([, html]) =>
      [...String(html).matchAll(/(?:href|src)="(?:\.\.\/)*(files\/[^"#]+)/g)].map(([, path]) =>
        path
      )
    ),
  );
}
