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

/** A file of program text as a page; exported names have ids, imports of the project's files are links. */
export function sourcePage(file: string, text: string, files: ProjectFiles): Page {
  const path = sitePath(file, files)!;
  const code = highlight(text.trimEnd(), languageOf(file))
    .replace(EXPORTED, (_, before, name) => `${before}<b id="${name}">${name}</b>`)
    .replace(IMPORTED, (all, module: string) => {
      const own = module.startsWith("ser/");
      const imported = own ? module.replace("ser", "lib") : join(dirname(file), module);
      const found = sitePath(imported.replaceAll("\\", "/"), files);
      return found ? `<a href="${relativeUrl(path, found)}">${all}</a>` : all;
    });
  return barePage(
    path,
    basename(file),
    file,
    `<pre class="code source"><code>${code}</code></pre>`,
  );
}

/** The list of each folder of lib/ and tests/, as a page. */
export function folderPages(files: ProjectFiles): Page[] {
  const listed = [...files].filter(isListed).flatMap((file) => {
    const parts = file.split("/");
    return parts.slice(1).map((_, depth) => parts.slice(0, depth + 2).join("/"));
  });
  return [...Map.groupBy(new Set(listed), dirname)]
    .map(([folder, entries]) => folderPage(folder, entries.sort(), files));
}

function folderPage(folder: string, entries: string[], files: ProjectFiles): Page {
  const path = sitePath(folder, files)!;
  const items = entries.map((entry) => {
    const name = escapeHtml(basename(entry) + (files.has(entry) ? "" : "/"));
    if (files.has(entry) && !isSource(entry)) return `<li>${name}</li>`;
    return `<li><a href="${relativeUrl(path, sitePath(entry, files)!)}">${name}</a></li>`;
  });
  return barePage(path, `${folder}/`, folder, `<ul class="folder">${items.join("\n")}</ul>`);
}

/** Text under the path of what it shows, each folder of which is a link. */
function barePage(page: string, title: string, shown: string, text: string): Page {
  const parts = shown.split("/");
  const linked = parts.map((part, index) => {
    if (index === parts.length - 1) return escapeHtml(part);
    const folder = `source/${parts.slice(0, index + 1).join("/")}/index.html`;
    return `<a href="${relativeUrl(page, folder)}">${escapeHtml(part)}</a>`;
  });
  const body = `<h1 class="path">${linked.join("/")}</h1>\n${text}`;
  return { path: page, title, body, headings: [], bare: true };
}
