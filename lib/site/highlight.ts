/** Program text in colours, at build time. @module */
import hljs from "highlight.js";
import { escapeHtml } from "../notebook/output.ts";

/** Kinds of words that get a colour, and the class that stands for them. */
const CLASSES: Record<string, string> = {
  "hljs-keyword": "hk",
  "hljs-built_in": "ht",
  "hljs-type": "ht",
  "hljs-title class_": "ht",
  "hljs-title function_": "hf",
  "hljs-string": "hs",
  "hljs-regexp": "hs",
  "hljs-number": "hn",
  "hljs-literal": "hn",
  "hljs-comment": "hc",
  "hljs-meta": "hc",
};

/** Languages by the ends of files' names. */
const BY_EXTENSION: Record<string, string> = {
  ts: "typescript",
  cc: "cpp",
  h: "cpp",
  py: "python",
  json: "json",
};

/**
 * Program text as HTML in which words have classes for their colour; see `styles/code.css`.
 * @param code The text.
 * @param language "typescript", "cpp", "python", "json" or "bash"; what else is only escaped.
 * @returns HTML; its text is `code`.
 * @example Usage
 * ```ts
 * import { highlight } from "ser/site/highlight.ts";
 * import { strictEqual } from "node:assert/strict";
 * strictEqual(highlight("const a = 1 < 2;", "typescript"),
 *   '<span class="hk">const</span> a = <span class="hn">1</span> &lt; <span class="hn">2</span>;');
 * ```
 */
export function highlight(code: string, language: string): string {
  if (!hljs.getLanguage(language)) return escapeHtml(code);
  return withShortClasses(hljs.highlight(code, { language }).value);
}

/** The language of a file, "" if it is none that gets colours. */
export function languageOf(path: string): string {
  return BY_EXTENSION[path.slice(path.lastIndexOf(".") + 1)] ?? "";
}

/** Keeps the spans of {@link CLASSES}, which halves the markup. */
function withShortClasses(html: string): string {
  const open: boolean[] = [];
  return html.replace(/<span class="([^"]*)">|<\/span>/g, (tag, name?: string) => {
    if (tag === "</span>") return open.pop() ? tag : "";
    const short = CLASSES[name!];
    open.push(short !== undefined);
    return short ? `<span class="${short}">` : "";
  });
}
