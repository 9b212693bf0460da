/** Where the things of the project are on the site, and links between them. @module */
import { dirname, join, relative } from "@std/path";

/** Every file of the project that a page may link to, as paths from its root with slashes. */
export type ProjectFiles = ReadonlySet<string>;

/** A document, its page, and what there is to link to. */
export interface Place {
  /** Path from the project's root. */
  document: string;
  /** Path from the site's root. */
  page: string;
  files: ProjectFiles;
}

/** Files that have a page of highlighted text. */
const SOURCE = /^lib\/.*\.(ts|cc|h|py)$/;
/** And files that the list of their folder names only: tests would take 2 MB more. */
const LISTED = /^tests\/.*\.(ts|py)$/;

/**
 * The file of the site that stands for a file or folder of the project: both as paths from the root, for
 * example "source/lib/features/index.html" for "lib/features"; undefined if there is no such thing.
 */
export function sitePath(path: string, files: ProjectFiles): string | undefined {
  const clean = path.replace(/\/+$/, "");
  const notebook = /^(?:notebooks|outputs)\/([^/]+)\.ipynb$/.exec(clean)?.[1];
  if (notebook && files.has(`notebooks/${notebook}.ipynb`)) {
    return notebook === "index" ? "start.html" : `${notebook}.html`;
  }
  if (files.has(clean)) {
    if (clean === "README.md") return "project.html";
    if (clean === "notebooks/glossary.md") return "glossary.html";
    return SOURCE.test(clean) ? `source/${clean}.html` : `files/${clean}`;
  }
  const isFolder = [...files].some((file) => file.startsWith(`${clean}/`));
  return isFolder && /^(lib|tests)(\/|$)/.test(clean) ? `source/${clean}/index.html` : undefined;
}

/** Whether a file gets a page of highlighted text. */
export const isSource = (path: string): boolean => SOURCE.test(path);

/** Whether the list of its folder has a file. */
export const isListed = (path: string): boolean => SOURCE.test(path) || LISTED.test(path);

/**
 * A link of a document as a link of its page; addresses with a scheme and those within the page stay.
 * @throws {Deno.errors.NotFound} If it leads to nothing in the project.
 */
export function pageLink(href: string, from: Place): string {
  if (/^([a-z][a-z0-9+.-]*:|#)/i.test(href)) return href;
  const [, path, hash] = /^([^#]*)(#.*)?$/.exec(href)!;
  const target = join(dirname(from.document), decodeURI(path)).replaceAll("\\", "/");
  const found = sitePath(target, from.files);
  if (found === undefined) {
    throw new Deno.errors.NotFound(
      `Cannot make the site: expected a file of the project, received a link to "${href}" in ${from.document}`,
    );
  }
  const place = hash && path.endsWith(".ipynb") ? hash.toLowerCase() : hash; // JupyterLab keeps capitals
  return relativeUrl(from.page, found) + (place ?? "");
}

/** The address of one file of the site in another; both as paths from the site's root. */
export function relativeUrl(from: string, to: string): string {
  return relative(dirname(from), to).replaceAll("\\", "/");
}
