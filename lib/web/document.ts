/**
 * What every page of the site and "Try your voice" have around them: the head, light or dark before
 * anything shows, and a policy that lets nothing run but the project's own script. @module
 */
import { createHash } from "node:crypto";
import { escapeHtml } from "../notebook/output.ts";

/** A page, its addresses relative, so that it also opens as a file. */
export interface WebDocument {
  /** What the browser's tab says. */
  title: string;
  /** One sentence for search engines. */
  description?: string;
  /** Addresses of its icon, styles and script. */
  icon: string;
  styles: string;
  script: string;
  /** Markup of the header and of what follows it, safe to be shown. */
  body: string;
}

/** The HTML file of a page, whose script runs once the page is parsed. */
export function documentHtml({ title, description, icon, styles, script, body }: WebDocument) {
  const first = firstScript(script);
  const about = description && `<meta name="description" content="${escapeHtml(description)}">\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(first)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
${about ?? ""}<link rel="icon" href="${icon}">
<script>${first}</script>
<link rel="stylesheet" href="${styles}">
</head>
<body>
${body}
</body>
</html>
`;
}

/** Runs before anything shows: that there are scripts, and the reader's choice of light or dark. */
function firstScript(script: string): string {
  return `document.documentElement.classList.add("js");` +
    `try{const t=localStorage.getItem("theme");if(t)document.documentElement.dataset.theme=t}catch{}` +
    `addEventListener("DOMContentLoaded",()=>{const s=document.createElement("script");` +
    `s.src=${JSON.stringify(script)};document.head.append(s)})`;
}

/**
 * What a page may do. Scripts: the first, by its hash, and those that it and its like load
 * ('strict-dynamic'; 'self' means nothing in some browsers where pages are opened as files).
 * 'wasm-unsafe-eval' lets the FLAC decoder compile, blob: lets decoders work beside the page. Formulas,
 * figures and bars bring styles of their own. Nothing is asked of any other server.
 */
function contentPolicy(first: string): string {
  const hash = createHash("sha256").update(first).digest("base64");
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'strict-dynamic' 'wasm-unsafe-eval'`,
    "worker-src blob:",
    "style-src 'self' file: 'unsafe-inline'",
    "font-src 'self' file:",
    "img-src 'self' file: data: blob:",
    "media-src 'self' file: data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
