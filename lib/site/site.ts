/** The whole site, from the project's files to a folder that any web server or browser can show. @module */
import { join, relative } from "@std/path";
import { assets } from "./assets.ts";
import { exportsOf } from "./code.ts";
import type { SiteFiles } from "../web/write.ts";
import { readTerms, TermFinder } from "./glossary.ts";
import { homeText, withLiveFigure } from "./home.ts";
import { isSource, type ProjectFiles } from "./links.ts";
import { notebookPage } from "./notebook_page.ts";
import { type NavEntry, type Page, pageHtml, type SiteFrame } from "./page.ts";
import { sectionsOf } from "./sections.ts";
import { folderPages, sourcePage } from "./source_pages.ts";
import { exists, filesBelow, namesIn } from "../support/files.ts";
import { textPage, withTermIds } from "./text_page.ts";

const NAME = "Speech emotion recognition with attention";
const ABOUT =
  "An executable paper in TypeScript: six neural networks that name the emotion in a voice, " +
  "explained, trained and measured, notebook by notebook.";

/** What may be added to the site. */
export interface SiteOptions {
  /** Pages that others write into the site's folder, for the navigation and the search. */
  further?: readonly Page[];
  /** Take the executed copies of outputs/mine/ where there are some. @default {false} */
  mine?: boolean;
}

/**
 * Makes all files of the site of the project in a folder.
 * @returns Files by their path from the site's root.
 * @throws {Deno.errors.NotFound} If a page links to what is not in the project.
 */
export async function siteFiles(root: string, options: SiteOptions = {}): Promise<SiteFiles> {
  const files = await projectFiles(root);
  const read = (path: string) => Deno.readTextFile(join(root, path));
  const { pages, beside } = await readingPages(
    files,
    (path) => options.mine ? readMine(root, path) : read(path),
  );
  const sources = await Promise.all(
    [...files].filter(isSource).map(async (file) => sourcePage(file, await read(file), files)),
  );
  const further = options.further ?? [];
  const nav = [...pages, LIBRARY, ...further]
    .map(({ path, title }) => ({ path, title: NAMES[path]?.[0] ?? title }));
  const frame: SiteFrame = { name: NAME, about: ABOUT, nav };
  const made: SiteFiles = new Map([...await assets(), ...beside]);
  for (const page of [...pages, ...folderPages(files), ...sources]) {
    made.set(page.path, pageHtml(page, frame));
  }
  const sections = [...pages.map(named), ...further].flatMap(sectionsOf);
  made.set("assets/sections.js", `siteSections=${JSON.stringify(sections)}`);
  for (const path of plainFiles(made)) {
    made.set(path, await Deno.readFile(join(root, path.slice("files/".length))));
  }
  made.set(".nojekyll", "");
  return made;
}

/** What of the project pages may link to: folders, and single files. */
const FOLDERS = ["lib", "tests", "notebooks", join("data", "paper"), join("outputs", "figures")];
const TOP = ["README.md", "LICENSE", "CITATION.cff", "data/README.md", "data/emodb/README.md"];

/** Their files as paths from the project's root, with slashes, in order. */
async function projectFiles(root: string): Promise<Set<string>> {
  const below = await Promise.all(FOLDERS.map((folder) => filesBelow(join(root, folder))));
  const found = below.flat().map((path) => relative(root, path).replaceAll("\\", "/"));
  const executed = await namesIn(join(root, "outputs"), /\.ipynb$/);
  return new Set([...TOP, ...found, ...executed.map((name) => `outputs/${name}`)].sort());
}

/** Shorter names of pages: the navigation shows the first, the search finds all. */
const NAMES: Record<string, readonly string[]> = {
  "index.html": ["Overview"],
  "start.html": ["Start here"],
  "project.html": ["Run it yourself", "how to run", "README"],
};
const named = (page: Page): Page => ({ ...page, names: NAMES[page.path] });
const LIBRARY: NavEntry = { path: "source/lib/index.html", title: "The library's source" };

/** The pages to read, in order, and the files that they need beside themselves. */
async function readingPages(
  files: ProjectFiles,
  read: (path: string) => Promise<string>,
): Promise<{ pages: Page[]; beside: SiteFiles }> {
  const glossary = await read(GLOSSARY), readme = await read("README.md");
  const terms = readTerms(glossary), exports = exportsOf(await read("lib/mod.ts"));
  const beside: SiteFiles = new Map(), notebooks: Page[] = [];
  for (const name of notebookNames(files)) {
    const executed = `outputs/${name}.ipynb`;
    const made = notebookPage({
      name,
      source: await read(`notebooks/${name}.ipynb`),
      executed: files.has(executed) ? await read(executed) : undefined,
    }, { files, exports, terms: new TermFinder(terms) });
    notebooks.push(made.page);
    made.files.forEach((content, path) => beside.set(path, content));
  }
  const text = homeText(await read(HOME), readme, notebooks);
  const home = textPage(text, { document: HOME, page: "index.html", files });
  return {
    pages: [
      withLiveFigure(home, notebooks.find(({ path }) => path === "06_cnn_attention.html")),
      ...notebooks,
      withTermIds(textPage(glossary, { document: GLOSSARY, page: "glossary.html", files })),
      textPage(readme, { document: "README.md", page: "project.html", files }),
    ],
    beside,
  };
}

/** One's own copy in place of a published one; it lies a folder deeper. */
async function readMine(root: string, path: string): Promise<string> {
  const own = join(root, path.replace("outputs/", "outputs/mine/"));
  if (!/^outputs\/[^/]*\.ipynb$/.test(path) || !await exists(own)) {
    return await Deno.readTextFile(join(root, path));
  }
  return (await Deno.readTextFile(own)).replaceAll("../../", "../");
}

const HOME = "lib/site/home.md", GLOSSARY = "notebooks/glossary.md";

/** The notebooks' names in reading order, "index" first. */
function notebookNames(files: ProjectFiles): string[] {
  const names = [...files].map((file) => /^notebooks\/([^/]+)\.ipynb$/.exec(file)?.[1] ?? "");
  const numbered = names.filter((name) => name && name !== "index");
  return ["index", ...numbered.sort()].filter((name) => names.includes(name));
}

/** Files of the project that pages link to as they are. */
function plainFiles(made: SiteFiles): Set<string> {
  const found = new Set<string>();
  for (const [path, content] of made) {
    if (!path.endsWith(".html")) continue;
    const links = String(content).matchAll(/(?:href|src)="(?:\.\.\/)*(files\/[^"#]+)/g);
    for (const [, file] of links) found.add(file);
  }
  return found;
}
