/** Program text in colours, at build time. @module */
import hljs from "highlight.js";
import { escapeHtml } from "../notebook/output.ts";

/** Kinds of words that get a colour, and the class that stands for them. */
const CLASSES: Record<string, string> = {
  "hljs-keyword": "", // the most frequent
  "hljs-built_in": "t",
  "hljs-type": "t",
  "hljs-title class_": "t",
  "hljs-title function_": "f",
  "hljs-string": "s",
  "hljs-regexp": "s",
  "hljs-number": "n",
  "hljs-literal": "n",
  "hljs-comment": "c",
  "hljs-meta": "c",
};

/**
 * Program text as HTML in which words have classes for their colour (see `styles/code.css`); in a language
 * that highlight.js does not know it is only escaped.
 */
export function highlight(code: string, language: string): string {
  if (!hljs.getLanguage(language)) return escapeHtml(code);
  return withShortClasses(hljs.highlight(code, { language }).value);
}

/** The language of a file by the end of its name; headers are C++ here. */
export function languageOf(path: string): string {
  const extension = path.slice(path.lastIndexOf(".") + 1);
  return extension === "h" ? "cpp" : extension;
}

/** Keeps what {@link CLASSES} names, in the shortest markup: there are 100,000 such words. */
function withShortClasses(html: string): string {
  const open: boolean[] = [];
  return html.replace(/<span class="([^"]*)">|<\/span>/g, (tag, name?: string) => {
    if (tag === "</span>") return open.pop() ? "</i>" : "";
    const short = CLASSES[name!];
    open.push(short !== undefined);
    return short === undefined ? "" : short ? `<i class=${short}>` : "<i>";
  });
}
