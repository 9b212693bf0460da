/** The library's files as pages, and the lists of its folders. @module */
import { basename, dirname, join } from "@std/path";
import { escapeHtml } from "../notebook/output.ts";
import { highlight, languageOf } from "./highlight.ts";
import { isListed, isSource, type ProjectFiles, relativeUrl, sitePath } from "./links.ts";
import type { Page } from "./page.ts";

/** Where a name begins that another file may import. */
const EXPORTED =
  /^(<i>export<\/i> (?:<i>\w+<\/i> |<i class=t>type<\/i> )*(?:<i class=[tf]>)?)(\w+)/gm;

/** What a file imports of the project. */
const IMPORTED = /&quot;((?:\.\.?|ser)\/[^&]+)&quot;/g;

/** The file that an import names, from the project's root. */
function importedFile(module: string, from: string): string {
  const own = module.startsWith("ser/");
  return own ? module.replace("ser", "lib") : join(dirname(from), module).replaceAll("\\", "/");
}

/**
 * A file of program text as a page; exported names have ids, imports of the project's files are links.
 * @param file Path from the project's root.
 * @param text The file.
 * @param files What there is to link to.
 */
export function sourcePage(file: string, text: string, files: ProjectFiles): Page {
  const path = sitePath(file, files)!;
  const code = highlight(text.trimEnd(), languageOf(file))
    .replace(EXPORTED, (_, before, name) => `${before}<b id="${name}">${name}</b>`)
    .replace(IMPORTED, (all, module) => {
      const found = sitePath(importedFile(module, file), files);
      return found ? `<a href="${relativeUrl(path, found)}">${all}</a>` : all;
    });
  return {
    path,
    title: basename(file),
    body: `${crumbs(path, file)}\n<pre class="code source"><code>${code}</code></pre>`,
    headings: [],
    bare: true,
  };
}

/**
 * The lists of all folders that hold sources.
 * @param files What there is.
 * @returns A page for each folder of lib/ and tests/.
 */
export function folderPages(files: ProjectFiles): Page[] {
  const inFolder = new Map<string, Set<string>>();
  for (const file of [...files].filter(isListed)) {
    for (let path = file; dirname(path) !== "."; path = dirname(path)) {
      const entries = inFolder.get(dirname(path)) ?? new Set();
      inFolder.set(dirname(path), entries.add(path));
    }
  }
  return [...inFolder].map(([folder, entries]) => folderPage(folder, [...entries].sort(), files));
}

function folderPage(folder: string, entries: string[], files: ProjectFiles): Page {
  const path = sitePath(folder, files)!;
  const items = entries.map((entry) => {
    const name = escapeHtml(basename(entry) + (files.has(entry) ? "" : "/"));
    if (files.has(entry) && !isSource(entry)) return `<li>${name}</li>`;
    return `<li><a href="${relativeUrl(path, sitePath(entry, files)!)}">${name}</a></li>`;
  });
  return {
    path,
    title: `${folder}/`,
    body: `${crumbs(path, folder)}\n<ul class="folder">${items.join("\n")}</ul>`,
    headings: [],
    bare: true,
  };
}

/** The path as a heading, each folder a link. */
function crumbs(page: string, path: string): string {
  const parts = path.split("/");
  const linked = parts.map((part, index) => {
    if (index === parts.length - 1) return escapeHtml(part);
    const folder = `source/${parts.slice(0, index + 1).join("/")}/index.html`;
    return `<a href="${relativeUrl(page, folder)}">${escapeHtml(part)}</a>`;
  });
  return `<h1 class="path">${linked.join("/")}</h1>`;
}
